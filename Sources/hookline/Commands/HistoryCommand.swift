import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline history NAME`.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List an activation's past runs, newest first.",
        discussion: Examples.text("history vip-customers", "history vip-customers --limit 5"))

    @Argument(help: "The activation.", completion: Completion.activation)
    var name: String

    @Option(help: ArgumentHelp("List at most this many runs.", valueName: "n"))
    var limit = 20

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 up, not \(limit)") }
    }

    func run() async throws {
        try options.reporting {
            let runs = try options.app.history(of: name, limit: limit)
            if options.json { return try JSONOutput.print(runs) }
            StandardOutput.print(runs.isEmpty ? "'\(name)' has not run yet" : table(of: runs).text())
        }
    }

    /// How many members the run's segments have together.
    private func members(_ run: RunReport) -> String {
        MembersText.number(run.segments.reduce(0) { $0 + $1.members }, believed: run.segments.contains { $0.believed == true })
    }

    private func table(of runs: [RunReport]) -> TextTable {
        var table = TextTable(
            header: ["run", "started", "kind", "outcome", "rows", "members", "entered", "left", "calls", "seconds"],
            rightAligned: [4, 5, 6, 7, 8, 9])
        for run in runs {
            // A run whose process died could not record how many rows it read and how long it took.
            let neverEnded = run.error?.code == "run.interrupted"
            func told(_ text: String) -> String { neverEnded ? "–" : text }
            // A stopped run sent nothing: its report has what it would have done.
            func sent(_ part: KeyPath<SegmentReport, Int>) -> String { run.isOnlyPlanned ? "0" : sum(part) }
            func sum(_ part: KeyPath<SegmentReport, Int>) -> String {
                NumberText.grouped(run.segments.reduce(0) { $0 + $1[keyPath: part] })
            }
            table.add(
                run.run, Timestamp.text(run.startedAt), run.kind.rawValue, run.outcome.rawValue, told(NumberText.grouped(run.rows)),
                run.isOnlyPlanned || !run.knowsMembers ? "–" : told(members(run)), sent(\.added), sent(\.removed),
                told(NumberText.grouped(run.calls)),
                told("\((run.seconds * 100).rounded() / 100)"))
        }
        return table
    }
}

import ArgumentParser
import HooklineCore
import HooklineStore
import Text

/// `hookline history NAME`.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "List an activation's past runs, newest first.")

    @Argument(help: "The activation.")
    var name: String

    @Option(help: "How many runs at most.")
    var limit = 20

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 up") }
    }

    func run() async throws {
        let app = App(options)
        try app.reporting {
            let workspace = try app.workspace().workspace
            let runs = try app.ledger(workspace).history(of: name, limit: limit)
            if runs.isEmpty, !workspace.activationNames.contains(name) {
                throw CommandFailure(
                    "manifest.unknown_activation",
                    "there is no activation '\(name)', and none of that name has run\(NearestName.hint(name, among: workspace.activationNames))"
                )
            }
            if options.json { return try JSONOutput.print(runs) }
            if runs.isEmpty { return print("'\(name)' has not run yet") }
            var table = TextTable(
                header: ["run", "started", "kind", "outcome", "rows", "members", "entered", "left", "calls", "seconds"],
                rightAligned: [4, 5, 6, 7, 8, 9])
            for run in runs {
                // How many rows it read, and how long it took, it could not say any more.
                let neverEnded = run.error?.code == "run.interrupted"
                func told(_ number: Int) -> String { neverEnded ? "–" : NumberText.grouped(number) }
                func sum(_ part: KeyPath<SegmentReport, Int>) -> String {
                    NumberText.grouped(run.segments.reduce(0) { $0 + $1[keyPath: part] })
                }
                table.add(
                    run.run, Timestamp.text(run.startedAt), run.kind.rawValue, run.outcome.rawValue, told(run.rows),
                    neverEnded ? "–" : sum(\.members), sum(\.added), sum(\.removed), told(run.calls),
                    neverEnded ? "–" : "\((run.seconds * 100).rounded() / 100)")
            }
            print(table.text())
        }
    }
}

import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the last run and the segments of every activation.",
        discussion: Examples.text("status", "status --json"))

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let standings = try options.app.standings()
            if options.json { return try JSONOutput.print(standings.filter(\.isKnown)) }
            let hasNotes = standings.contains { !$0.isInWorkspace || $0.segments.contains(where: \.isLeftBehind) }
            var table = TextTable(
                header: ["activation", "last run", "outcome", "segment", "members", "waiting"] + (hasNotes ? [""] : []),
                rightAligned: [4, 5])
            for standing in standings {
                let dead = standing.isInWorkspace ? [] : ["not in the workspace"]
                let last = standing.lastRun.map { Timestamp.text($0.startedAt) } ?? "never"
                let outcome = standing.lastRun?.outcome.rawValue ?? ""
                if standing.segments.isEmpty {
                    table.add([standing.activation, last, outcome] + (dead.isEmpty ? [] : ["", "", ""] + dead))
                }
                for segment in standing.segments {
                    let note = segment.isLeftBehind ? ["left behind"] : dead
                    table.add(
                        [
                            standing.activation, last, outcome, segment.name, NumberText.grouped(segment.members),
                            NumberText.grouped(segment.waiting),
                        ] + note)
                }
            }
            StandardOutput.print(table.text())
            options.tell(ofLeftovers: standings)
        }
    }
}

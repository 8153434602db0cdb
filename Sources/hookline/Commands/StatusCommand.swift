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
            let hasRefused = standings.contains { $0.refused > 0 }
            let hasDead = standings.contains { !$0.isInWorkspace }
            var table = TextTable(
                header: ["activation", "last run", "outcome", "segment", "members", "waiting"] + (hasRefused ? ["refused"] : [])
                    + (hasDead ? [""] : []),
                rightAligned: [4, 5])
            for standing in standings {
                var note = standing.isInWorkspace ? [] : ["not in the workspace"]
                if hasRefused { note.insert(refused(standing), at: 0) }
                let last = standing.lastRun.map { Timestamp.text($0.startedAt) } ?? "never"
                let outcome = standing.lastRun?.outcome.rawValue ?? ""
                if standing.segments.isEmpty {
                    table.add([standing.activation, last, outcome] + (note.isEmpty ? [] : ["", "", ""] + note))
                }
                for segment in standing.segments {
                    table.add(
                        [
                            standing.activation, last, outcome, segment.name, segment.membersText,
                            NumberText.grouped(segment.waiting),
                        ] + note)
                }
            }
            StandardOutput.print(table.text())
            options.tell(ofDead: standings)
            if options.tellsMore, let open = standings.first(where: { $0.unacknowledged > 0 }) {
                StandardError.print("Mailchimp refuses addresses that nobody has acknowledged: hookline acknowledge \(open.activation)")
            }
        }
    }

    /// How many addresses of an activation Mailchimp refuses.
    private func refused(_ standing: Standing) -> String {
        let open = standing.unacknowledged
        return NumberText.grouped(standing.refused) + (open == 0 ? "" : " (\(NumberText.grouped(open)) open)")
    }
}

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
            let hasNotes = standings.contains { !$0.isInWorkspace || $0.segments.contains(where: \.isLeftBehind) }
            var table = TextTable(
                header: ["activation", "last run", "outcome", "segment", "members", "waiting"] + (hasRefused ? ["refused"] : [])
                    + (hasNotes ? [""] : []),
                rightAligned: [4, 5])
            for standing in standings {
                let dead = standing.isInWorkspace ? [] : ["not in the workspace"]
                let refused = hasRefused ? [self.refused(standing)] : []
                let last = standing.lastRun.map { Timestamp.text($0.startedAt) } ?? "never"
                let outcome = standing.lastRun?.outcome.rawValue ?? ""
                if standing.segments.isEmpty {
                    let more = refused + dead
                    table.add([standing.activation, last, outcome] + (more.isEmpty ? [] : ["", "", ""] + more))
                }
                for segment in standing.segments {
                    let note = segment.isLeftBehind ? ["left behind"] : dead
                    table.add(
                        [
                            standing.activation, last, outcome, segment.name, segment.membersText,
                            NumberText.grouped(segment.waiting),
                        ] + refused + note)
                }
            }
            StandardOutput.print(table.text())
            options.tell(ofLeftovers: standings)
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

import ArgumentParser
import HooklineCore
import HooklineStore
import Text

/// `hookline status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show where every activation stands.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try app.reporting {
            let workspace = try app.workspace()
            let statuses = try app.ledger(workspace.workspace).status()
            if options.json { return try JSONOutput.print(statuses.map(StatusOutput.init)) }
            var table = TextTable(header: ["activation", "last run", "outcome", "segment", "members", "waiting"], rightAligned: [4, 5])
            for name in workspace.workspace.activationNames where !statuses.contains(where: { $0.activation == name }) {
                table.add(name, "never")
            }
            for status in statuses {
                let last = status.lastRun.map { Timestamp.text($0.startedAt) } ?? "never"
                let outcome = status.lastRun?.outcome.rawValue ?? ""
                if status.segments.isEmpty { table.add(status.activation, last, outcome) }
                for segment in status.segments {
                    table.add(
                        status.activation, last, outcome, segment.name, NumberText.grouped(segment.members),
                        NumberText.grouped(segment.waiting))
                }
            }
            print(table.text())
        }
    }
}

/// One activation of `status --json`.
private struct StatusOutput: Encodable {
    let activation: String
    let lastRun: RunReport?
    let segments: [Segment]

    private enum CodingKeys: String, CodingKey {
        case activation, segments
        case lastRun = "last_run"
    }

    struct Segment: Encodable {
        let id: Int?
        let name: String
        let label: String?
        let audience: String
        let endpoint: String
        let members: Int
        let waiting: Int
        let phase: String
    }

    init(_ status: ActivationStatus) {
        activation = status.activation
        lastRun = status.lastRun
        segments = status.segments.map {
            Segment(
                id: $0.mailchimpID, name: $0.name, label: $0.key.label, audience: $0.key.audience, endpoint: $0.key.endpoint,
                members: $0.members, waiting: $0.waiting, phase: $0.phase.rawValue)
        }
    }
}

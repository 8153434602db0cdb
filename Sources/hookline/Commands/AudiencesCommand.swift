import ArgumentParser
import HooklineCore
import Mailchimp
import Text

/// `hookline audiences DESTINATION`.
struct AudiencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audiences", abstract: "List the audiences that a destination's key can see: also the credential check.")

    @Argument(help: "The destination; may be left out when the workspace has one.")
    var destination: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspace()
            let chosen = try app.destination(destination, in: workspace)
            let audiences = try await app.withClient(for: chosen, of: workspace) { try await $0.audiences() }
            if options.json {
                return try JSONOutput.print(
                    audiences.map {
                        AudienceOutput(id: $0.id, name: $0.name, members: $0.memberCount, configured: $0.id == chosen.audience)
                    })
            }
            var table = TextTable(header: ["audience", "name", "subscribed", ""], rightAligned: [2])
            for audience in audiences {
                table.add(
                    audience.id, audience.name, NumberText.grouped(audience.memberCount),
                    audience.id == chosen.audience ? "<- \(chosen.name)" : "")
            }
            print(table.text())
            if !audiences.contains(where: { $0.id == chosen.audience }) {
                throw CommandFailure(
                    "engine.no_such_audience",
                    "destination '\(chosen.name)' names audience '\(chosen.audience)', which this key does not see", status: .failed)
            }
        }
    }
}

/// One line of `audiences --json`.
private struct AudienceOutput: Encodable {
    let id: String
    let name: String
    let members: Int
    let configured: Bool
}

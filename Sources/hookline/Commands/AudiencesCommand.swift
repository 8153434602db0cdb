import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline audiences DESTINATION`.
struct AudiencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audiences", abstract: "List the audiences that a destination's key can see; this also checks the key.",
        discussion: Examples.text("audiences", "audiences newsletter"))

    @Argument(help: "The destination; may be omitted if the workspace has only one.")
    var destination: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            let list = try await options.app.audiences(of: destination)
            if options.json { return try JSONOutput.print(list.entries) }
            var table = TextTable(header: ["audience", "name", "subscribed", ""], rightAligned: [2])
            for entry in list.entries {
                table.add(
                    entry.id, entry.name, NumberText.grouped(entry.members), entry.configured ? "<- \(list.destination.name)" : "")
            }
            StandardOutput.print(table.text())
            if let problem = list.problem { throw problem }
        }
    }
}

import ArgumentParser
import HooklineApp

/// `hookline explain NAME EMAIL`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Follow one user through a run without writing: rows, rules, hooks, contact, ledger, segments, and what comes next.",
        discussion: Examples.text(
            "explain vip-customers ada@example.com",
            after: "Reads the whole source and asks Mailchimp about one contact. Changes nothing there or in the ledger.")
    )

    @Argument(help: "The activation: its name, or its package's folder.", completion: Completion.activation)
    var name: String

    @Argument(help: "The user's address, in any case.")
    var email: String

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = options.app
        let explanation = try await options.reporting {
            let address = try UserAddress(email)
            let prepared = try app.prepare(name, try flags.choices(), in: try app.workspace(), follows: true)
            return try await Interruption.cancelling { try await app.explain(address, prepared) }
        }
        if options.json { try JSONOutput.print(explanation) } else { StandardOutput.print(ExplainText(explanation: explanation).text) }
    }
}

import ArgumentParser
import HooklineCore
import HooklineEngine
import HooklineStore
import Text

/// `hookline explain NAME EMAIL`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Follow one user through a real run without writing: rows, rules, hooks, contact, ledger, segment, and what comes next.",
        discussion: "Reads the whole source and asks Mailchimp about one contact; changes nothing there, nor in the ledger."
    )

    @Argument(help: "The activation: its name, or its package's folder.")
    var name: String

    @Argument(help: "The user's address, in any case.")
    var email: String

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    private var isAddress: Bool {
        var buffer: [UInt8] = []
        // What stands for bytes that are not UTF-8 is in no address.
        if email.contains("\u{FFFD}") { return false }
        return Array(email.utf8).withUnsafeBufferPointer { EmailAddress.read($0, into: &buffer) } == .address
    }

    func run() async throws {
        let app = App(options)
        let explanation = try await app.reporting {
            guard isAddress else {
                throw CommandFailure(
                    "usage", "'\(String(email.prefix(100)).onOneLine)' is no email address: hookline explain NAME EMAIL", status: .invalid)
            }
            let workspace = try app.workspace()
            let prepared = try app.prepare(name, flags, in: workspace, follows: true)
            return try await Interruption.cancelling {
                try await app.withRunner(prepared, refresh: nil, dryRun: true, flags: flags, in: workspace, tellsLog: false) { runner in
                    var explanation = try await Explainer(
                        address: email, activation: runner.activation, options: runner.options, client: runner.client,
                        dependencies: runner.dependencies, hooks: prepared.hooks
                    ).explain()
                    explanation.underWay = try app.ledger(workspace.workspace).runUnderWay(of: runner.activation.name)
                    return explanation
                }
            }
        }
        if options.json { try JSONOutput.print(explanation) } else { print(ExplainText(explanation: explanation).text) }
    }
}

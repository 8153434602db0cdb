import ArgumentParser
import HooklineApp

/// `hookline uninstall NAME`.
struct UninstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Remove a package from packages/ and hookline.lock; segments and ledger stay as they are.",
        discussion: Examples.text("uninstall vip-customers"))

    @Argument(help: "The package.", completion: Completion.activation)
    var name: String

    @Flag(help: "Remove it although its files were changed.")
    var discardChanges = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let isMentioned = try options.app.uninstall(name, discardsChanges: discardChanges)
            if options.json { return try JSONOutput.print(["uninstalled": name]) }
            if options.quiet { return }
            StandardOutput.print("uninstalled \(name); its segments at Mailchimp and its history stay")
            if isMentioned {
                StandardOutput.print("hookline.yaml still mentions it, which is no longer needed: activations: { \(name): … }")
            }
        }
    }
}

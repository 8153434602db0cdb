import ArgumentParser
import HooklineApp

/// `hookline verify FILE`.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a .hookpack file or an installed package is complete and unchanged, and show who signed it.",
        discussion: Examples.text("verify vip-customers-1.0.0.hookpack", "verify vip-customers"))

    @Argument(help: "A .hookpack file, an https address, or the name of an installed package.")
    var package: String

    @Option(help: ArgumentHelp("Fail unless this key signed it, ed25519:….", valueName: "signer"))
    var signer: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            let info = try await options.app.verify(package, signer: signer)
            if options.json { return try JSONOutput.print(info) }
            StandardOutput.print("\(info.name) \(info.version) is complete and unchanged: \(info.digest ?? "")")
            StandardOutput.print("signed by \(info.signer ?? "nobody")\(info.tested == true ? "" : "; NOT TESTED")")
        }
    }
}

import Archive
import ArgumentParser
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// `hookline verify FILE`.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tell whether a .hookpack file, or an installed package, is whole, and who signed it.")

    @Argument(help: "A .hookpack file, an https address, or the name of an installed package.")
    var package: String

    @Option(help: ArgumentHelp("Fail unless this key signed it, ed25519:….", valueName: "signer"))
    var signer: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            if let signer { try PackageKey.check(signer: signer) }
            let workspace = try app.workspaceIfAny()
            if try PackageStore(root: workspace.workspace.root).pins().packages[package] != nil {
                _ = try PackageStore(root: workspace.workspace.root).verified(package)
            }
            let info = try await app.examining(package, in: workspace) { PackageInfo($0.pinned(in: workspace)) }
            guard info.digest != nil else {
                throw PackageError(.unfit, "'\(package)' is a folder that is not installed: there is nothing to hold it against")
            }
            if let signer, signer != info.signer { throw PackageError.otherSigner(info.name, info.signer, wanted: signer) }
            if options.json { return try JSONOutput.print(info) }
            print("\(info.name) \(info.version) is whole: \(info.digest ?? "")")
            print("signed by \(info.signer ?? "nobody")\(info.tested == true ? "" : "; NOT TESTED")")
        }
    }
}

import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// `hookline install SOURCE`.
struct InstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Put a package into the workspace's packages/, pinned in hookline.lock.",
        discussion:
            "It shows what the package reads and writes, and on a terminal it asks; --yes does not ask. Nothing of a package that is refused is left."
    )

    @Argument(help: "A .hookpack file, a package's folder, an https address, or a shipped package.")
    var source: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Option(help: ArgumentHelp("Refuse it unless this key signed it, ed25519:….", valueName: "signer"))
    var signer: String?

    @Flag(help: "Put an installed package back as it was, though somebody changed its files.")
    var discardChanges = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            if let signer { try PackageKey.check(signer: signer) }
            let workspace = try app.workspace()
            let store = PackageStore(root: workspace.workspace.root)
            let info = try await app.examiningNew(source, in: workspace) { package in
                let name = package.pack.lock.name
                if let signer, signer != package.pack.signature?.signer {
                    throw PackageError.otherSigner(name, package.pack.signature?.signer, wanted: signer)
                }
                try checkLocation(name, workspace)
                // The digest of a folder's package is known when its tests have run: it holds whether they pass.
                if package.isSettled { try accept(try store.pins().packages[name], package) }
            } _: { package in
                let info = PackageInfo(package)
                try accept(try store.pins().packages[info.name], package)
                if !options.json, !options.quiet { print(info.text) }
                guard PackageQuestion.ask("Install \(info.name) \(info.version)?", isGiven: yes || options.json) else {
                    throw ExitStatus.stopped
                }
                try store.install(package.pack, from: app.kept(source), discardsChanges: discardChanges) { try accept($0, package) }
                return info
            }
            if options.json { return try JSONOutput.print(info) }
            if !options.quiet { print("installed packages/\(info.name)") }
            app.tellWhatIsMissing(info.name)
        }
    }

    private func checkLocation(_ name: String, _ workspace: LoadedWorkspace) throws {
        guard FileManager.default.fileExists(atPath: WorkspaceLayout.activation(name, in: workspace.workspace.root)) else { return }
        throw PackageError(
            .taken, "activations/\(name) is there already, and a workspace has one activation of a name; rename or remove it first")
    }

    private func accept(_ pin: PackagePins.Pin?, _ package: ExaminedPackage) throws {
        guard let pin, pin.digest != package.pack.digest else { return }
        let name = package.pack.lock.name
        throw PackageError(.taken, "'\(name)' is installed already, in version \(pin.version): hookline upgrade \(name) \(source)")
    }
}

/// Asks a person about a package, if there is one.
enum PackageQuestion {
    /// Whether somebody is there to answer.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && StandardError.isTerminal }

    static func ask(_ question: String, isGiven: Bool) -> Bool {
        guard !isGiven, canAsk else { return true }
        let answer = Interruption.ask("\(question) [y/N] ").lowercased()
        if answer == "y" || answer == "yes" { return true }
        StandardError.print("nothing was changed")
        return false
    }
}

/// `hookline uninstall NAME`.
struct UninstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Take a package out of packages/ and hookline.lock; segments and ledger stay as they are.")

    @Argument(help: "The package.")
    var name: String

    @Flag(help: "Do it though somebody changed its files.")
    var discardChanges = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try app.reporting {
            let workspace = try app.workspace()
            try PackageStore(root: workspace.workspace.root).uninstall(name, discardsChanges: discardChanges)
            if options.json { return try JSONOutput.print(["uninstalled": name]) }
            if options.quiet { return }
            print("uninstalled \(name); its segments at Mailchimp and its history stay")
            if workspace.document.speaks(of: name) {
                print("what hookline.yaml says under activations: { \(name): … } is not needed any more")
            }
        }
    }
}

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

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspace()
            let info = try await app.examiningNew(source, in: workspace) { package in
                let info = PackageInfo(package)
                try check(info, workspace)
                if !options.json, !options.quiet { print(info.text) }
                guard PackageQuestion.ask("Install \(info.name) \(info.version)?", isGiven: yes || options.json) else {
                    throw ExitStatus.stopped
                }
                try PackageShelf(root: workspace.workspace.root).install(package.pack, from: app.kept(source))
                return info
            }
            if options.json { return try JSONOutput.print(info) }
            if !options.quiet { print("installed packages/\(info.name)") }
            tellWhatIsMissing(info.name, app)
        }
    }

    private func check(_ info: PackageInfo, _ workspace: LoadedWorkspace) throws {
        if let signer, signer != info.signer { throw PackageError.otherSigner(info.name, info.signer, wanted: signer) }
        let shelf = PackageShelf(root: workspace.workspace.root)
        if let pin = try shelf.pins().packages[info.name], pin.digest != info.digest {
            throw PackageError(
                .taken, "'\(info.name)' is installed already, in version \(pin.version): hookline upgrade \(info.name) \(source)")
        }
        let own = "\(workspace.workspace.root)/activations/\(info.name)"
        if FileManager.default.fileExists(atPath: own) {
            throw PackageError(
                .taken, "activations/\(info.name) is there already, and a workspace has one activation of a name; rename or remove it first"
            )
        }
    }

    /// What the workspace has to say before the package can run.
    private func tellWhatIsMissing(_ name: String, _ app: App) {
        guard !options.quiet, let workspace = try? app.workspace(),
            let issues = try? app.activation(name, in: workspace).issues.filter({
                $0.severity == .error && $0.code != "manifest.unresolved_env"
            }), !issues.isEmpty
        else { return }
        StandardError.print("before its first run, hookline.yaml has to say (under activations: { \(name): … }):")
        for issue in issues { StandardError.print("  \(issue.message)") }
    }
}

/// Asks a person about a package, if there is one.
enum PackageQuestion {
    static func ask(_ question: String, isGiven: Bool) -> Bool {
        guard !isGiven, isatty(STDIN_FILENO) == 1, StandardError.isTerminal else { return true }
        let answer = Interruption.ask("\(question) [y/N] ").lowercased()
        return answer == "y" || answer == "yes"
    }
}

/// `hookline uninstall NAME`.
struct UninstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Take a package out of packages/ and hookline.lock; segments and ledger stay as they are.")

    @Argument(help: "The package.")
    var name: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try app.reporting {
            try PackageShelf(root: try app.workspace().workspace.root).uninstall(name)
            if options.json { return try JSONOutput.print(["uninstalled": name]) }
            if !options.quiet { print("uninstalled \(name); its segments at Mailchimp and its history stay") }
        }
    }
}

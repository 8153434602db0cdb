import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline install SOURCE`.
struct InstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Install a package into the workspace's packages/ and pin it in hookline.lock.",
        discussion: Examples.text(
            "install vip-customers-1.0.0.hookpack", "install suppression-list --yes",
            after:
                "Shows what the package reads and writes and, on a terminal, asks unless --yes is given. Nothing is left of a package that is refused."
        )
    )

    @Argument(help: "A .hookpack file, a package's folder, an https address, or a shipped package.", completion: Completion.hookpack)
    var source: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Install it although its tests fail here.")
    var untested = false

    @Option(help: ArgumentHelp("Refuse the package unless this key signed it, ed25519:….", valueName: "signer"))
    var signer: String?

    @Flag(help: "Restore an installed package, although its files were changed.")
    var discardChanges = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            var request = InstallRequest(source)
            request.signer = signer
            request.discardsChanges = discardChanges
            request.allowsFailingTests = untested
            request.isConfirmed = yes || options.json
            guard let info = try await options.app.install(request) else { throw options.declined() }
            if options.json { return try JSONOutput.print(info) }
            if !options.quiet { StandardOutput.print("installed packages/\(info.name)") }
            options.tellWhatIsMissing(info.name)
        }
    }
}

extension GlobalOptions {
    /// What a command ends with when a person said no.
    func declined() -> ExitStatus {
        StandardError.print("nothing was changed")
        return .stopped
    }

    /// Tells what the workspace has to say before a package that has just arrived can run.
    func tellWhatIsMissing(_ name: String) {
        guard tellsMore, let readiness = app.readiness(of: name) else { return }
        for issue in readiness.warnings { StandardError.print("warning: \(issue.message.onOneLine)") }
        if readiness.errors.isEmpty { return }
        StandardError.print("before it can run, hookline.yaml must say (under activations: { \(name): … }):")
        for issue in readiness.errors { StandardError.print("  \(issue.message.onOneLine)") }
    }
}

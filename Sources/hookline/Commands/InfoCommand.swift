import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline info PACKAGE`.
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what a package is, which fields it reads, where it writes, and its parameters.",
        discussion: Examples.text("info win-back", "info vip-customers-1.0.0.hookpack"))

    @Argument(
        help: "An activation, an installed or shipped package, a folder, a .hookpack file, or an https address.",
        completion: Completion.activation)
    var package: String

    @OptionGroup var parameters: ParameterFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.reporting {
            let info = try await options.app.info(of: package, parameters: try parameters.choices())
            if options.json { return try JSONOutput.print(info) }
            StandardOutput.print(PackageInfoText(info: info).text)
            if !options.quiet { for issue in info.issues { StandardError.print("here: \(issue.shown)") } }
        }
    }
}

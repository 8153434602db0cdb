import ArgumentParser
import HooklineCore

/// `hookline check [NAME…]`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate workspace, manifests, sources' columns and scripts, without touching the network.")

    @Argument(help: "The activations; all of the workspace when none is named.")
    var names: [String] = []

    @Flag(help: "Also try the destinations: sign in and look for the audience.")
    var connect = false

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let (issues, checked) = try await app.reporting {
            let inspector = try Inspector(app: app, flags: flags)
            return await inspector.inspect(names, connect: connect)
        }
        if options.json {
            try JSONOutput.print(CheckOutput(checked: checked, issues: issues))
        } else {
            for issue in issues { print(issue.line) }
            let errors = issues.count { $0.severity == .error }
            let warnings = issues.count - errors
            if !options.quiet || errors > 0 {
                StandardError.print(
                    "checked \(checked.isEmpty ? "the workspace" : checked.joined(separator: ", ")): \(errors) errors, \(warnings) warnings"
                )
            }
        }
        if issues.contains(where: { $0.severity == .error }) { throw ExitStatus.invalid }
    }
}

/// The shape of `check --json`.
private struct CheckOutput: Encodable {
    let checked: [String]
    let issues: [Issue]
}

import ArgumentParser
import HooklineCore
import HooklineManifest

/// `hookline check [NAME…]`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate workspace, manifests, sources' columns and scripts, without touching the network.")

    @Argument(help: "The activations; all of the workspace when none is named.")
    var names: [String] = []

    @Flag(help: "Also try the destinations: sign in and look for the audience.")
    var connect = false

    @Flag(help: "Also run each package's samples in several orders, and show users whose verdict depends on who came before.")
    var purity = false

    @Option(help: ArgumentHelp("With --purity: a CSV or JSONL file of users instead of the package's samples.", valueName: "file"))
    var sample: String?

    @OptionGroup var parameters: ParameterFlags

    @OptionGroup var scripts: ScriptFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let isQuiet = options.quiet || options.json
        if sample != nil, !purity { throw ValidationError("--sample is for --purity") }
        let (issues, checked) = try await app.reporting {
            let inspector = Inspector(
                app: app, settings: try parameters.all(app, WorkspaceLoader(environment: app.environment)), scriptFlags: scripts,
                purity: purity ? PurityInspection(sample: sample) { if !isQuiet { StandardError.print($0) } } : nil)
            return await inspector.inspect(names, connect: connect)
        }
        if options.json {
            try JSONOutput.print(CheckOutput(checked: checked, issues: issues))
        } else {
            for issue in issues { print(issue.shown) }
            let errors = issues.count { $0.severity == .error }
            let warnings = issues.count - errors
            if !options.quiet || errors > 0 {
                StandardError.print(
                    "checked \(checked.isEmpty ? "the workspace" : checked.joined(separator: ", ")): \(count(errors, "error")), \(count(warnings, "warning"))"
                )
            }
        }
        if issues.contains(where: { $0.severity == .error }) { throw ExitStatus.invalid }
    }

    private func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
}

/// The shape of `check --json`.
private struct CheckOutput: Encodable {
    let checked: [String]
    let issues: [Issue]
}

import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline check [NAME…]`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the workspace, manifests, columns of sources, and scripts, without contacting Mailchimp.",
        discussion: Examples.text(
            "check", "check vip-customers --data", "check vip-customers --connect", "check vip-customers --purity --sample data/users.csv"))

    @Argument(help: "The activations; by default, all of the workspace.", completion: Completion.activation)
    var names: [String] = []

    @Flag(help: "Also try the destinations: sign in, and look for the audience. And prove that servers can be read, and not written.")
    var connect = false

    @Flag(help: "Also read all rows, without running scripts, and report every value that does not fit its column.")
    var data = false

    @Flag(
        help:
            "Also pass each package's samples through its hooks in several orders, and report users whose verdict depends on who came before."
    )
    var purity = false

    @Option(
        help: ArgumentHelp("With --purity: a CSV or JSONL file of users instead of the package's samples.", valueName: "file"),
        completion: Completion.users)
    var sample: String?

    @OptionGroup var parameters: ParameterFlags

    @OptionGroup var scripts: ScriptFlags
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if sample != nil, !purity { throw ValidationError("--sample needs --purity") }
    }

    func run() async throws {
        let result = try await options.reporting {
            var request = CheckRequest(names)
            request.parameters = try parameters.choices()
            request.scripts = scripts.choices
            request.connects = connect
            request.readsData = data
            request.checksPurity = purity
            request.sample = sample
            let (app, asked) = (options.app, request)
            return try await Interruption.cancelling { try await app.check(asked) }
        }
        if options.json { try JSONOutput.print(result) } else { show(result) }
        if let kind = result.kind { throw ExitStatus(kind) }
    }

    private func show(_ result: CheckResult) {
        for issue in result.issues { StandardOutput.print(issue.shown) }
        if options.quiet, !result.hasErrors { return }
        let errors = result.issues.count { $0.severity == .error }
        for data in result.data ?? [] {
            let addresses = data.addresses
            StandardError.print(
                "\(data.activation): \(data.whole ? "read all" : "read the first") \(count(data.rows, "row")); \(count(addresses.good, "address", "addresses")), \(addresses.missing) without one, \(addresses.bad) bad"
            )
        }
        let what = result.checked.isEmpty ? "the workspace" : result.checked.joined(separator: ", ")
        StandardError.print("checked \(what): \(count(errors, "error")), \(count(result.issues.count - errors, "warning"))")
    }

    private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(NumberText.grouped(number)) \(number == 1 ? one : many ?? "\(one)s")"
    }
}

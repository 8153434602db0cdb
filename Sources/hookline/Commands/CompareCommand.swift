import ArgumentParser
import HooklineApp

/// `hookline compare NAME --with PACKAGE`.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Pass the same users through two versions of a package and show who would enter, leave or change; sends nothing.",
        discussion: Examples.text(
            "compare vip-customers --with ../new-vip-customers", "compare vip-customers --with vip-customers-2.0.0.hookpack --limit 1000000"
        ))

    @Argument(help: "The activation: its name, or its package's folder.", completion: Completion.activation)
    var name: String

    @Option(help: ArgumentHelp("The other version: a package's folder, or a .hookpack file.", valueName: "package"))
    var with: String

    @Option(
        help: ArgumentHelp("A CSV or JSONL file of users; by default, the rows of the source.", valueName: "file"),
        completion: Completion.users)
    var sample: String?

    @Option(help: ArgumentHelp("Compare at most this many rows.", valueName: "n"))
    var limit = 100_000

    @OptionGroup var parameters: ParameterFlags

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...10_000_000).contains(limit) { throw ValidationError("--limit takes a number from 1 to 10000000, not \(limit)") }
    }

    func run() async throws {
        let comparison = try await options.reporting {
            var request = ComparisonRequest(name, with: with, limit: limit)
            request.parameters = try parameters.choices()
            request.sample = sample
            let (app, asked) = (options.app, request)
            return try await Interruption.cancelling { try await app.compare(asked) }
        }
        if options.json { try JSONOutput.print(comparison) } else { StandardOutput.print(CompareText(comparison: comparison).text) }
    }
}

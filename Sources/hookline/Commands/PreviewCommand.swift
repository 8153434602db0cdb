import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

/// `hookline preview NAME`.
struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show what the hooks do to each user of a sample, or of the source's first rows; sends nothing.",
        discussion: Examples.text("preview vip-customers --limit 20", "preview vip-customers --sample data/users.csv --csv"))

    @Argument(help: "The activation: its name, or its package's folder.", completion: Completion.activation)
    var name: String

    @Option(
        help: ArgumentHelp("A CSV or JSONL file of users; by default, the rows of the source.", valueName: "file"),
        completion: Completion.users)
    var sample: String?

    @Option(help: ArgumentHelp("Show at most this many rows.", valueName: "n"))
    var limit = 50

    @Flag(help: "Print comma-separated values.")
    var csv = false

    @OptionGroup var parameters: ParameterFlags

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...1_000_000).contains(limit) { throw ValidationError("--limit takes a number from 1 to 1000000, not \(limit)") }
        if csv, options.json { throw ValidationError("--csv and --json are two different outputs: choose one") }
    }

    func run() async throws {
        let outcome = try await options.reporting {
            var request = PreviewRequest(name, limit: limit)
            request.parameters = try parameters.choices()
            request.sample = sample
            let (app, asked) = (options.app, request)
            return try await Interruption.cancelling { try await app.preview(asked) }
        }
        if options.json {
            try JSONOutput.print(outcome.fates.map(PreviewRow.init))
        } else {
            let text = PreviewText(fates: outcome.fates, isCut: outcome.isCut)
            StandardOutput.print(csv ? text.csv : text.table)
        }
        if outcome.isCut, csv || options.json, !options.quiet {
            StandardError.print("these are the first \(outcome.fates.count) rows; --limit N takes more")
        }
        for warning in outcome.plan?.warnings ?? [] where warning.code == "hook.forgiven" {
            StandardError.print("warning: \(warning.message)")
        }
    }
}

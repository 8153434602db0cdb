import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineManifest

/// `hookline preview NAME`.
struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show what the hooks do to each user of a sample, or of the source's first rows; sends nothing.")

    @Argument(help: "The activation: its name, or its package's folder.")
    var name: String

    @Option(help: ArgumentHelp("A CSV or JSONL file of users; the rows of the source when not said.", valueName: "file"))
    var sample: String?

    @Option(help: ArgumentHelp("Show so many rows.", valueName: "n"))
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
        let app = App(options)
        let outcome = try await app.reporting {
            try Rehearsal.checkSample(sample)
            let workspace = try app.workspace()
            let settings = try parameters.all(app, workspace.loader)
            let activation = try app.usable(
                app.activation(name, settings, in: workspace, purpose: sample == nil ? .reading : .offline))
            return try await Rehearsal(activation: activation, sample: sample, limit: limit).run(
                now: Clock.now(), identifier: RunIdentifier.make(at: Clock.now()))
        }
        if options.json {
            try JSONOutput.print(outcome.fates)
        } else {
            let text = PreviewText(fates: outcome.fates)
            print(csv ? text.csv : text.table)
        }
        for warning in outcome.plan?.warnings ?? [] where warning.code == "hook.forgiven" {
            StandardError.print("warning: \(warning.message)")
        }
    }
}

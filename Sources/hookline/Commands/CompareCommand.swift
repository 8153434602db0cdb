import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineManifest

/// `hookline compare NAME --with DIR`.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Send the same users through two versions of a package: who would enter, leave or move; sends nothing.")

    @Argument(help: "The activation: its name, or its package's folder.")
    var name: String

    @Option(help: ArgumentHelp("The other version: a package's folder, or a .hookpack file.", valueName: "package"))
    var with: String

    @Option(help: ArgumentHelp("A CSV or JSONL file of users; the rows of the source when not said.", valueName: "file"))
    var sample: String?

    @Option(help: ArgumentHelp("Compare so many rows.", valueName: "n"))
    var limit = 100_000

    @OptionGroup var parameters: ParameterFlags

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if !(1...10_000_000).contains(limit) { throw ValidationError("--limit takes a number from 1 to 10000000, not \(limit)") }
    }

    func run() async throws {
        let app = App(options)
        let comparison = try await app.reporting {
            try Rehearsal.checkSample(sample)
            let workspace = try app.workspace()
            let now = Clock.now()
            let run = RunIdentifier.make(at: now)
            let folder = with.contains("/") || with == "." || with.hasSuffix(".hookpack") ? with : "./\(with)"
            return VersionComparison(
                before: try await outcome(name, app, workspace, now, run), after: try await outcome(folder, app, workspace, now, run))
        }
        if options.json { try JSONOutput.print(comparison) } else { print(CompareText(comparison: comparison).text) }
    }

    private func outcome(_ name: String, _ app: App, _ workspace: LoadedWorkspace, _ now: Int64, _ run: String) async throws
        -> ScriptTestOutcome
    {
        let settings = try parameters.all(app, workspace.loader)
        let activation = try app.usable(
            app.activation(name, settings, in: workspace, purpose: sample == nil ? .reading : .offline))
        return try await Rehearsal(activation: activation, sample: sample, limit: limit, isExact: true).run(now: now, identifier: run)
    }
}

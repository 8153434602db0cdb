import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineSources
import HooklineStore
import Text

/// Passes the first rows of a source, or of a sample, through an activation's rules and hooks as if its segment were empty. Sends nothing.
struct Rehearsal {
    let app: App
    let activation: Activation
    /// A CSV or JSONL file of users; nil for the activation's source.
    let sample: String?
    /// Rows.
    let limit: Int
    /// Whether instructions are counted one by one, for costs that are the same on every machine.
    var isExact = false

    /// - Throws: `sources.not_found`, when there is no such file: a source's own message would speak of `path:` in a manifest.
    static func checkSample(_ path: String?) throws(AppError) {
        guard let path, !FileManager.default.fileExists(atPath: path) else { return }
        throw AppError(.sampleNotFound, "there is no file '\(path)': --sample takes a CSV or JSONL file of users")
    }

    /// - Parameters:
    ///   - now: Unix seconds.
    ///   - identifier: what scripts take for the ID of the run. Chance follows from it, so versions that are compared get the same.
    /// - Returns: what came of each row.
    /// - Throws: ``RunFailed`` with a script's error, as in a run; `SourceError`.
    func run(now: Int64, identifier: String) async throws -> ScriptTestOutcome {
        let source = sample.map { SourceConfiguration(sample: $0) } ?? activation.source
        // Rows full of NULL would look as if the rules did not pick them.
        if sample == nil { app.warn(try SourceFactory.look(source, model: activation.model).warnings) }
        let test = ScriptTest(
            name: "rehearsal", position: SourcePosition(file: activation.file, line: 1, column: 1), sample: sample ?? "", parameters: [],
            now: now, seed: 0, members: [:], contacts: .all, expectation: ScriptTest.Expectation())
        let hooks = try ScriptFiles(activation: activation).host(
            HookSettings(
                limits: activation.limits, safeguards: activation.safeguards, jail: app.jail, exactInstructions: isExact,
                wantsMappings: true))
        let activation = activation.readingOnlyUsed(by: try hooks?.facts())
        let rows = FirstRows(
            of: SourceFactory.source(source, model: sample == nil ? activation.model : activation.model.forSamples), limit: limit)
        let tester = ScriptTester(
            activation: activation, test: test, source: rows, hooks: hooks, identifier: identifier, makeLedger: SQLiteLedger.inMemory)
        var outcome = await tester.run()
        outcome.isCut = rows.isCut
        if outcome.isCut, activation.rules?.comparesRows == true { app.warn([firstRowsCompared]) }
        if let error = outcome.error { throw RunFailed(failure: error) }
        return outcome
    }

    private var firstRowsCompared: Issue {
        Issue(
            "rules.first_rows",
            "\(activation.name): the rules compare rows, and only the first \(NumberText.grouped(limit)) were compared with each other;"
                + " plan compares all of them, and may pick others",
            at: nil, severity: .warning)
    }
}

import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineSources
import HooklineStore

/// The first rows of a source, or of a sample, through an activation's rules and hooks, as against an empty segment; sends nothing.
struct Rehearsal {
    let activation: Activation
    /// A CSV or JSONL file of users; the activation's source when nil.
    let sample: String?
    /// Rows.
    let limit: Int
    /// Whether instructions are counted one by one, for costs that are the same on every machine.
    var isExact = false

    /// - Throws: `CommandFailure` when there is no such file: a source's own message would speak of `path:` in a manifest.
    static func checkSample(_ path: String?) throws {
        guard let path, !FileManager.default.fileExists(atPath: path) else { return }
        throw CommandFailure("sources.not_found", "there is no file '\(path)': --sample takes a CSV or JSONL file of users")
    }

    /// - Throws: `CommandFailure` with a script's error, as in a run; an error of the source.
    ///
    /// - Parameter identifier: what scripts take for the run's: the same for versions that are compared, since chance follows from it.
    func run(now: Int64, identifier: String) async throws -> ScriptTestOutcome {
        let source = sample.map { SourceConfiguration(sample: $0) } ?? activation.source
        if sample == nil {
            // Rows of NULLs would look as if the rules did not pick them.
            for warning in try SourceFactory.look(source, model: activation.model).warnings { StandardError.print(warning.shown) }
        }
        let test = ScriptTest(
            name: "rehearsal", position: SourcePosition(file: activation.file, line: 1, column: 1), sample: sample ?? "", parameters: [],
            now: now, seed: 0, members: [:], contacts: .all, expectation: ScriptTest.Expectation())
        let hooks = try ScriptFiles(activation: activation).host(
            HookSettings(
                limits: activation.limits, safeguards: activation.safeguards, exactInstructions: isExact, wantsMappings: true))
        let rows = FirstRows(
            of: try SourceFactory.source(source, model: sample == nil ? activation.model : activation.model.forSamples), limit: limit)
        let tester = ScriptTester(
            activation: activation, test: test, source: rows, hooks: hooks, identifier: identifier, makeLedger: SQLiteLedger.inMemory)
        let outcome = await tester.run()
        if let error = outcome.error { throw CommandFailure(error.code.rawValue, error.text, status: .failed) }
        return outcome
    }
}

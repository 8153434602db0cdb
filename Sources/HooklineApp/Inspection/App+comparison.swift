import HooklineCore
import HooklineEngine

/// Asks how two versions of a package treat the same users.
package struct ComparisonRequest: Sendable {
    /// A name, a folder or a `.hookpack` file.
    package var activation: String
    /// The other version: a folder, `/` in its path or not, or a `.hookpack` file.
    package var other: String
    package var parameters = ParameterChoices()
    /// A CSV or JSONL file of users; nil for the first rows of the source.
    package var sample: String?
    /// Rows.
    package var limit: Int

    package init(_ activation: String, with other: String, limit: Int) {
        self.activation = activation
        self.other = other
        self.limit = limit
    }
}

extension App {
    /// Passes the same users through two versions of a package. Sends nothing.
    ///
    /// - Returns: who would enter, leave or change.
    /// - Throws: `sources.not_found`, `IssuesFound`, `HookError`, `SourceError`, ``RunFailed`` with a script's error.
    package func compare(_ request: ComparisonRequest) async throws -> VersionComparison {
        try Rehearsal.checkSample(request.sample)
        let workspace = try workspace()
        let now = clock.now()
        let run = RunIdentifier.make(at: now)
        let other = request.other.contains("/") || request.other == "." || request.other.hasSuffix(".hookpack")
        var outcomes: [ScriptTestOutcome] = []
        for name in [request.activation, other ? request.other : "./\(request.other)"] {
            let activation = try subject(name, request.parameters, in: workspace, sample: request.sample)
            outcomes.append(
                try await Rehearsal(app: self, activation: activation, sample: request.sample, limit: request.limit, isExact: true)
                    .run(now: now, identifier: run))
        }
        return VersionComparison(before: outcomes[0], after: outcomes[1])
    }
}

import HooklineCore
import HooklineEngine
import HooklineManifest

/// Asks what rules and hooks do to users.
package struct PreviewRequest: Sendable {
    /// A name, a folder or a `.hookpack` file.
    package var activation: String
    package var parameters = ParameterChoices()
    /// A CSV or JSONL file of users; nil for the first rows of the source.
    package var sample: String?
    /// Rows.
    package var limit: Int

    package init(_ activation: String, limit: Int) {
        self.activation = activation
        self.limit = limit
    }
}

extension App {
    /// Passes users through the rules and hooks of an activation. Sends nothing.
    ///
    /// - Returns: what came of each row.
    /// - Throws: `sources.not_found`, `IssuesFound`, `HookError`, `SourceError`, ``RunFailed`` with a script's error.
    package func preview(_ request: PreviewRequest) async throws -> ScriptTestOutcome {
        try Rehearsal.checkSample(request.sample)
        let activation = try subject(request.activation, request.parameters, in: try workspace(), sample: request.sample)
        let now = clock.now()
        return try await Rehearsal(app: self, activation: activation, sample: request.sample, limit: request.limit)
            .run(now: now, identifier: RunIdentifier.make(at: now))
    }

    /// An activation whose users go through a rehearsal.
    func subject(
        _ name: String, _ parameters: ParameterChoices, in workspace: LoadedWorkspace, sample: String?
    ) throws -> Activation {
        let settings = try settings(parameters, workspace.loader)
        return try usable(activation(name, settings, in: workspace, purpose: sample == nil ? .reading : .offline))
    }
}

import HooklineCore
import HooklineEngine
import HooklineStore

extension App {
    /// Follows one user through what a run would do, without writing.
    ///
    /// - Parameters:
    ///   - address: the user's, in any case.
    ///   - prepared: the activation, prepared so that its scripts can be followed.
    /// - Returns: rows, rules, hooks, contact, ledger and segments of the user, and what the next run would do.
    /// - Throws: what keeps a plan from being made.
    package func explain(_ address: UserAddress, _ prepared: PreparedActivation) async throws -> Explanation {
        try await withRunner(prepared, prepared.options(isDryRun: true), tellsLog: false) { runner in
            var explanation = try await Explainer(
                address: address.text, activation: runner.activation, options: runner.options, client: runner.client,
                dependencies: runner.dependencies, hooks: prepared.hooks
            ).explain()
            explanation.underWay = try ledger(prepared.workspace).runUnderWay(of: runner.activation.name)
            return explanation
        }
    }
}

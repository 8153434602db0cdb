import HooklineCore
import HooklineEngine

extension App {
    /// Makes a plan: what a run would do and what it would cost. Nothing is sent or recorded.
    ///
    /// - Parameters:
    ///   - prepared: the activation.
    ///   - refresh: how a historical refresh would start; nil for an ordinary run.
    ///   - path: a file to save the plan to, for ``apply(_:_:)``; nil saves nothing.
    ///   - keeper: notes the rows of those who would enter; nil if nobody asks for them.
    /// - Returns: the plan as a report, with the addresses that would be added and removed, and what it needs to be sent.
    /// - Throws: what keeps a plan from being made; `plan.would_overwrite`, `plan.cannot_write`.
    package func plan(
        _ prepared: PreparedActivation, refresh: RunOptions.Refresh? = nil, savingTo path: String? = nil, noting keeper: RowKeeper? = nil
    ) async throws -> PlannedRun {
        let options = prepared.options(refresh: refresh, isDryRun: true)
        return try await withRunner(prepared, options, remembers: true) { runner in
            var runner = runner
            runner.dependencies.keeper = keeper
            let started = clock.stopwatch()
            let (plan, stop) = try await runner.plan()
            if let path { try PlanFile.write(plan, to: path) }
            var report = plan.asReport(stop: stop, seconds: clock.stopwatch() - started, startedAt: plan.createdAt)
            report.hooks = prepared.hooks?.costs ?? []
            report.note(runner.dependencies.hooks?.finishRemembering(isKept: false))
            let safeguards = SafeguardCheck(prepared.activation.safeguards, allowance: options.allowance)
            return PlannedRun(report: report, allowanceNeeded: safeguards.allowanceNeeded(by: plan))
        }
    }
}

import HooklineCore
import HooklineEngine

extension App {
    /// Takes a run back, through the same safeguards, review and ledger as any other.
    ///
    /// - Parameters:
    ///   - earlier: the run.
    ///   - prepared: its activation.
    ///   - isDryRun: whether nothing is sent or recorded.
    ///   - isConfirmed: whether the plan is sent without asking.
    /// - Returns: the report; a run that cannot be taken back fails with `engine.cannot_undo`.
    /// - Throws: what keeps the undo from beginning; for a dry run also what keeps its plan from being made.
    package func undo(
        _ earlier: RunReport, _ prepared: PreparedActivation, isDryRun: Bool = false, isConfirmed: Bool = false
    ) async throws -> RunReport {
        try await withRunner(prepared, prepared.options()) { runner in
            guard isDryRun else { return await runner.undo(earlier) { await mayBeSent($0, isConfirmed) } }
            let (plan, stop) = try await runner.undoPlan(earlier)
            var report = plan.asReport(stop: stop, seconds: 0, startedAt: plan.createdAt)
            report.undoes = earlier.run
            return report
        }
    }
}

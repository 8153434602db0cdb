import HooklineCore
import HooklineEngine

extension App {
    /// Prepares the activations of a request, all before the first one runs: a slip in the last name must not leave half of them done.
    ///
    /// - Returns: what ``run(_:ended:)`` takes, once.
    /// - Throws: what is wrong with the first that cannot be prepared.
    package func prepare(_ request: RunRequest, in workspace: LoadedWorkspace) throws -> RunBatch {
        RunBatch(request, try request.activations.map { try prepare($0, request.choices, in: workspace) })
    }

    /// Runs activations one after another: plan, safeguards, review, apply, report. An interruption ends them all.
    ///
    /// - Parameters:
    ///   - batch: the activations.
    ///   - ended: told the end of each run.
    /// - Returns: the reports, in order. An error of a run is in its report.
    /// - Throws: what keeps a run from beginning, such as a ledger or a secret that cannot be read.
    package func run(_ batch: RunBatch, ended: @Sendable (RunReport) -> Void = { _ in }) async throws -> [RunReport] {
        var reports: [RunReport] = []
        while let next = batch.next() {
            // While others ran, hours may have passed, and a list of people who must not be mailed may be another by now.
            let isCurrent = reports.isEmpty || next.isCurrent
            let report = try await run(isCurrent ? next : prepare(next.name, next.choices, in: next.workspace), batch.request)
            reports.append(report)
            ended(report)
            if FailureKind(report) == .interrupted { break }
        }
        return reports
    }

    private func run(_ prepared: PreparedActivation, _ request: RunRequest) async throws -> RunReport {
        try announceFirstRun(of: prepared)
        let options = prepared.options(refresh: request.refresh, isDryRun: request.isDryRun)
        return try await withRunner(prepared, options, remembers: true) { runner in
            await runner.run { await mayBeSent($0, request.isConfirmed) }
        }
    }

    /// Applies a saved plan, exactly.
    ///
    /// - Returns: the report; a plan that no longer fits the ledger or the files fails with `engine.stale_plan`.
    /// - Throws: what keeps the run from beginning.
    package func apply(_ plan: Plan, _ prepared: PreparedActivation) async throws -> RunReport {
        try await withRunner(prepared, prepared.options()) { await $0.apply(plan) }
    }

    /// Whether a plan is sent: a person is asked, unless the request says yes already, nothing is to be sent, or nobody is there.
    func mayBeSent(_ plan: Plan, _ isConfirmed: Bool) async -> Bool {
        if isConfirmed || plan.calls == 0 { return true }
        return await observer.answer(.send(plan)) != .no
    }
}

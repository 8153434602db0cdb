import HooklineCore
import Mailchimp

/// Runs an activation: plan, safeguards, review, apply, report.
package struct Runner: Sendable {
    package let activation: Activation
    package let options: RunOptions
    package let client: MailchimpClient
    package var dependencies: RunDependencies

    package init(activation: Activation, options: RunOptions, client: MailchimpClient, dependencies: RunDependencies) {
        self.activation = activation
        self.options = options
        self.client = client
        self.dependencies = dependencies
    }

    /// The plan, and why a run would stop before sending it. Writes nothing.
    ///
    /// - Throws: what `Planner.plan` throws, and the errors of the review hook.
    package func plan() async throws -> (plan: Plan, stop: RunFailure?) {
        let clock = RunClock(activation, dependencies)
        let plan = try await planner(dependencies.makeIdentifier(clock.startedAt), clock).plan()
        return (plan, try reasonToStop(plan))
    }

    /// Plans and applies.
    ///
    /// - Parameter confirm: is asked before anything is sent; if it returns false, the run stops.
    /// - Returns: the report, which holds the run's error if it failed. It is in the ledger, too, unless it was a dry run.
    package func run(confirm: @Sendable (Plan) async -> Bool = { _ in true }) async -> RunReport {
        let keeper = options.dryRun ? dependencies.keeper : dependencies.keeper ?? RowKeeper()
        return await recorded(keeper: keeper) { recorder in
            let planner = planner(recorder.run, recorder.clock, keeper)
            let probing = try await planner.probing()
            recorder.probe = probing?.record
            if let last = probing?.unchanged, let survey = probing?.survey { return recorder.endUnchanged(last, survey) }
            let plan = try await planner.plan(probing?.survey)
            recorder.learn(plan)
            try await finish(plan, recorder, confirm)
        }
    }

    /// Applies a saved plan exactly.
    ///
    /// - Returns: the report. A plan that no longer fits the ledger or the files fails with `engine.stale_plan`.
    package func apply(_ plan: Plan) async -> RunReport {
        await recorded(kind: .apply) { recorder in
            try PlanFreshness(ledger: dependencies.ledger, endpoint: try await client.resolveEndpoint(), activation: activation)
                .check(plan, fingerprint: options.fingerprint)
            recorder.learn(plan)
            try startHooks(recorder)
            try await finish(plan, recorder) { _ in true }
        }
    }

    /// The plan that undoes a run, and why the undo would stop before sending it. Writes nothing.
    ///
    /// - Throws: `EngineError.Code.cannotUndo`, and the ledger's errors.
    package func undoPlan(_ earlier: RunReport) async throws -> (plan: Plan, stop: RunFailure?) {
        let startedAt = dependencies.now()
        let plan = try await undoPlanner.plan(
            earlier, run: dependencies.makeIdentifier(startedAt), startedAt: startedAt, fingerprint: options.fingerprint)
        return (plan, safeguards.reasonToStop(plan))
    }

    /// Undoes a run, through the same safeguards, review, and ledger as any other run.
    ///
    /// - Parameters:
    ///   - earlier: the report of the run to undo.
    ///   - confirm: is asked before anything is sent; if it returns false, the undo stops.
    /// - Returns: the report. A run that cannot be undone fails with `engine.cannot_undo`.
    package func undo(_ earlier: RunReport, confirm: @Sendable (Plan) async -> Bool = { _ in true }) async -> RunReport {
        await recorded(kind: .undo) { recorder in
            recorder.undoes = earlier.run
            let plan = try await undoPlanner.plan(
                earlier, run: recorder.run, startedAt: recorder.clock.startedAt, fingerprint: options.fingerprint)
            recorder.learn(plan)
            try startHooks(recorder)
            try await finish(plan, recorder, confirm)
        }
    }

    private var safeguards: SafeguardCheck { SafeguardCheck(activation.safeguards, allowance: options.allowance) }

    private var undoPlanner: UndoPlanner { UndoPlanner(activation: activation, client: client, ledger: dependencies.ledger) }

    /// Starts the hooks of a run that reads no rows, for `review` and `report`.
    private func startHooks(_ recorder: RunRecorder) throws {
        try dependencies.hooks?.start(activation, run: recorder.run, kind: recorder.kind, clock: recorder.clock)
    }

    private func planner(_ run: String, _ clock: RunClock, _ keeper: RowKeeper? = nil) -> Planner {
        var dependencies = dependencies
        if let keeper { dependencies.keeper = keeper }
        return Planner(activation: activation, options: options, client: client, dependencies: dependencies, run: run, clock: clock)
    }

    private func reasonToStop(_ plan: Plan) throws -> RunFailure? {
        if let stop = safeguards.reasonToStop(plan) { return stop }
        for segment in plan.segments {
            if case .stop(let reason)? = try dependencies.hooks?.review(try ReviewedPlan(segment, of: plan)) {
                return RunFailure("review.stopped", "the review hook refused the plan: \(reason)")
            }
        }
        return nil
    }

    /// Applies a plan, unless a safeguard, the review hook, or the person says no.
    private func finish(_ plan: Plan, _ recorder: RunRecorder, _ confirm: @Sendable (Plan) async -> Bool) async throws {
        if let stop = try reasonToStop(plan) { return recorder.stop(stop) }
        if options.dryRun { return }
        guard await confirm(plan) else { return recorder.stop(.declined) }
        recorder.note(safeguards.overrides(plan), by: dependencies.person)
        let applier = Applier(
            client: client, ledger: dependencies.ledger, run: recorder.run, connections: activation.destination.connections,
            now: dependencies.now, progress: dependencies.progress, clock: recorder.clock)
        recorder.beginApplying()
        // From here on the ledger takes over what others did, so that a later run cannot see it.
        let drift = plan.warnings.filter(\.isAboutDrift)
        if !drift.isEmpty { try dependencies.ledger.mustTell(drift, of: activation.name) }
        try await applier.apply(plan.segments, recorder.segmentProgress)
    }

    /// Runs `body` between the two entries of a run in the ledger, and turns whatever happens into a report.
    private func recorded(
        kind: RunKind? = nil, keeper: RowKeeper? = nil, _ body: (RunRecorder) async throws -> Void
    ) async -> RunReport {
        let clock = RunClock(activation, dependencies)
        let recorder = RunRecorder(
            run: dependencies.makeIdentifier(clock.startedAt), activation: activation.name, kind: kind ?? options.kind, clock: clock)
        client.stopRetrying(after: clock.deadline)
        let (watch, callsBefore) = (dependencies.stopwatch(), client.statistics.calls)
        var lease: (any Sendable)?
        var hasBegun = false
        do {
            if !options.dryRun {
                lease = try dependencies.takeLease(activation.name, recorder.run)
                try dependencies.ledger.begin(run: recorder.run, activation: activation.name, kind: recorder.kind, at: clock.startedAt)
                hasBegun = true
            }
            try await body(recorder)
        } catch {
            recorder.fail(clock.cause(of: error))
        }
        if hasBegun {
            // Who must hear of new ones hears it once, so that a run that cannot tell whom it saw has failed.
            do { try recorder.learnRefusals(dependencies.ledger) } catch { if recorder.isFine { recorder.fail(error) } }
        }
        var report = recorder.report(
            calls: client.statistics.calls - callsBefore, seconds: dependencies.stopwatch() - watch, dependencies.ledger)
        report.hooks = dependencies.hooks?.costs ?? []
        let endedWell = hasBegun && (report.outcome == .done || report.outcome == .partial)
        report.note(dependencies.hooks?.finishRemembering(isKept: endedWell))
        addWordsOfScripts(to: &report)
        if hasBegun {
            // The run is over and its effects stay: that nobody can look at its rows is only worth a warning.
            do {
                if let keeper, let rows = try recorder.rows(keeper) { try dependencies.ledger.keep(rows, of: recorder.run) }
            } catch {
                let failure = RunFailure(error)
                report.warnings.append(RunWarning(failure.code.rawValue, failure.text))
            }
            do { try dependencies.ledger.finish(report) } catch { report.note(failure: RunFailure(error)) }
        }
        // The lease is held until after the last entry of the run.
        return withExtendedLifetime(lease) { report }
    }

    private func addWordsOfScripts(to report: inout RunReport) {
        guard let hooks = dependencies.hooks, !options.dryRun, report.outcome != .unchanged, report.rows > 0 || report.error == nil else {
            return
        }
        // The run's time may be over; the `report` hook has its own.
        hooks.setCancellationCheck { Task.isCancelled }
        do {
            report.note = try hooks.report(report)
        } catch {
            // The run is over and its effects stay, so a mistake in the `report` hook is only worth a warning.
            let failure = RunFailure(error)
            report.warnings.append(RunWarning(failure.code.rawValue, failure.text))
        }
    }
}

extension RunReport {
    /// Notes that the end of the run could not be recorded.
    fileprivate mutating func note(failure: RunFailure) {
        if error == nil {
            outcome = .failed
            error = failure
        } else {
            warnings.append(RunWarning(failure.code.rawValue, failure.text))
        }
    }
}

extension RunFailure {
    /// A person was asked and said no.
    fileprivate static let declined = RunFailure("run.declined", "not confirmed")
}

extension ReviewedPlan {
    /// - Throws: if the plan's addresses cannot be read.
    fileprivate init(_ segment: SegmentPlan, of plan: Plan) throws {
        try self.init(
            name: segment.name, label: segment.key.label, members: segment.membersBefore, added: segment.entering,
            removed: segment.leaving, unchanged: segment.unchanged, dropped: plan.buckets.droppedByHook, calls: segment.calls,
            addedSample: segment.adds.addresses(0..<min(100, segment.adds.count)),
            removedSample: segment.removes.addresses(0..<min(100, segment.removes.count))
        )
    }
}

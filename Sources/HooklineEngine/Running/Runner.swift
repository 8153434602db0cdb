import HooklineCore
import Mailchimp

/// Runs an activation: plan, safeguards, review, apply, report.
package struct Runner: Sendable {
    package let activation: Activation
    package let options: RunOptions
    package let client: MailchimpClient
    package let dependencies: RunDependencies

    package init(activation: Activation, options: RunOptions, client: MailchimpClient, dependencies: RunDependencies) {
        self.activation = activation
        self.options = options
        self.client = client
        self.dependencies = dependencies
    }

    /// The plan, and why it would be stopped; writes nothing anywhere.
    package func plan() async throws -> (plan: Plan, stop: RunFailure?) {
        let clock = RunClock(activation, dependencies)
        let plan = try await planner(dependencies.makeIdentifier(clock.startedAt), clock).plan()
        return (plan, try reasonToStop(plan))
    }

    /// Plans and applies.
    ///
    /// - Parameter confirm: asked with the plan before anything is sent; a false answer ends the run as stopped.
    /// - Returns: the report, whatever the end; an error of the run is in it. The ledger has it too, unless it was a dry run.
    package func run(confirm: @Sendable (Plan) async -> Bool = { _ in true }) async -> RunReport {
        await recorded { recorder in
            let plan = try await planner(recorder.run, recorder.clock).plan()
            recorder.learn(plan)
            if let stop = try reasonToStop(plan) {
                recorder.stop(stop)
            } else if options.dryRun {
                return
            } else if await confirm(plan) {
                try await apply(plan, recorder)
            } else {
                recorder.stop(.declined)
            }
        }
    }

    /// Applies a saved plan, exactly.
    ///
    /// - Returns: the report; a plan that does not fit the ledger or the files any more fails with `engine.stale_plan`.
    package func apply(_ plan: Plan) async -> RunReport {
        await recorded(kind: .apply) { recorder in
            try PlanFreshness(ledger: dependencies.ledger, endpoint: try await client.resolveEndpoint(), activation: activation)
                .check(plan, fingerprint: options.fingerprint)
            recorder.learn(plan)
            try startHooks(recorder)
            if let stop = try reasonToStop(plan) {
                recorder.stop(stop)
            } else {
                try await apply(plan, recorder)
            }
        }
    }

    /// What would take a run back, and why that would be stopped; writes nothing anywhere.
    package func undoPlan(_ earlier: RunReport) async throws -> (plan: Plan, stop: RunFailure?) {
        let startedAt = dependencies.now()
        let plan = try await undoPlanner.plan(
            earlier, run: dependencies.makeIdentifier(startedAt), startedAt: startedAt, fingerprint: options.fingerprint)
        return (plan, SafeguardCheck(activation.safeguards, allowance: options.allowance).reasonToStop(plan))
    }

    /// Takes a run back, through the same safeguards, review and ledger as any other.
    ///
    /// - Parameter confirm: asked with the plan before anything is sent.
    /// - Returns: the report; a run that cannot be taken back fails with `engine.cannot_undo`.
    package func undo(_ earlier: RunReport, confirm: @Sendable (Plan) async -> Bool = { _ in true }) async -> RunReport {
        await recorded(kind: .undo) { recorder in
            recorder.undoes = earlier.run
            let plan = try await undoPlanner.plan(
                earlier, run: recorder.run, startedAt: recorder.clock.startedAt, fingerprint: options.fingerprint)
            recorder.learn(plan)
            try startHooks(recorder)
            if let stop = try reasonToStop(plan) {
                recorder.stop(stop)
            } else if await confirm(plan) {
                try await apply(plan, recorder)
            } else {
                recorder.stop(.declined)
            }
        }
    }

    private var undoPlanner: UndoPlanner { UndoPlanner(activation: activation, client: client, ledger: dependencies.ledger) }

    /// No row is read, but hooks that look at plans and reports will want their context.
    private func startHooks(_ recorder: RunRecorder) throws {
        try dependencies.hooks?.start(activation, run: recorder.run, kind: recorder.kind, clock: recorder.clock)
    }

    private func planner(_ run: String, _ clock: RunClock) -> Planner {
        Planner(activation: activation, options: options, client: client, dependencies: dependencies, run: run, clock: clock)
    }

    private func reasonToStop(_ plan: Plan) throws -> RunFailure? {
        if let stop = SafeguardCheck(activation.safeguards, allowance: options.allowance).reasonToStop(plan) { return stop }
        for segment in plan.segments {
            if case .stop(let reason)? = try dependencies.hooks?.review(ReviewedPlan(segment, of: plan)) {
                return RunFailure("review.stopped", "the review hook refused the plan: \(reason)")
            }
        }
        return nil
    }

    private func apply(_ plan: Plan, _ recorder: RunRecorder) async throws {
        recorder.note(SafeguardCheck(activation.safeguards, allowance: options.allowance).overrides(plan), by: dependencies.person)
        let applier = Applier(
            client: client, ledger: dependencies.ledger, run: recorder.run, connections: activation.destination.connections,
            now: dependencies.now, progress: dependencies.progress, clock: recorder.clock)
        try await applier.apply(plan.segments, recorder.segmentProgress)
    }

    /// Runs `body` between the ledger's two entries of a run, and turns whatever happens into a report.
    private func recorded(kind: RunKind? = nil, _ body: (RunRecorder) async throws -> Void) async -> RunReport {
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
        var report = recorder.report(calls: client.statistics.calls - callsBefore, seconds: dependencies.stopwatch() - watch)
        report.hooks = dependencies.hooks?.costs ?? []
        addWordsOfScripts(to: &report)
        if hasBegun {
            do { try dependencies.ledger.finish(report) } catch { report.note(failure: RunFailure(error)) }
        }
        // The lease is held to here, past the last entry of the run.
        return withExtendedLifetime(lease) { report }
    }

    private func addWordsOfScripts(to report: inout RunReport) {
        guard let hooks = dependencies.hooks, !options.dryRun, report.rows > 0 || report.error == nil else { return }
        // What it says of a run that took too long may take its own time.
        hooks.setCancellationCheck { Task.isCancelled }
        do {
            report.note = try hooks.report(report)
        } catch {
            // The run is over and what it did stands: a mistake in the hook that talks about it is worth a warning.
            let failure = RunFailure(error)
            report.warnings.append(RunWarning(failure.code.rawValue, failure.text))
        }
    }
}

extension RunReport {
    /// Takes down that even the end of the run could not be recorded.
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
    fileprivate init(_ segment: SegmentPlan, of plan: Plan) {
        self.init(
            name: segment.name, label: segment.key.label, members: segment.membersBefore, added: segment.entering,
            removed: segment.leaving, unchanged: segment.unchanged, dropped: plan.buckets.droppedByHook, calls: segment.calls,
            addedSample: segment.adds.addresses(0..<min(100, segment.adds.count)),
            removedSample: segment.removes.addresses(0..<min(100, segment.removes.count))
        )
    }
}

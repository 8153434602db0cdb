import HooklineCore

/// Collects what is known about a run while it goes on, and makes its report.
final class RunRecorder {
    let run: String
    let activation: String
    let kind: RunKind
    let clock: RunClock
    /// For an undo, the run that it undoes.
    var undoes: String?
    /// One per segment of the plan.
    private(set) var segmentProgress: [SegmentProgress] = []
    private let whole = RunProgress()
    private var plan: Plan?
    private var outcome = RunOutcome.done
    private var overrides: [RunOverride] = []
    /// Whom Mailchimp refuses, once the run is over.
    private var refusals: [RefusalCount]?
    private var error: RunFailure?
    /// What the probe said; nil without one.
    var probe: ProbeRecord?
    /// The report of a run that read nothing, but for what is measured.
    private var unchanged: RunReport?
    /// Whether calls may have been sent, so that nothing is only planned anymore.
    private var isApplying = false

    init(run: String, activation: String, kind: RunKind, clock: RunClock) {
        self.run = run
        self.activation = activation
        self.kind = kind
        self.clock = clock
    }

    func learn(_ plan: Plan) {
        self.plan = plan
        segmentProgress = plan.segments.map { _ in SegmentProgress(whole) }
    }

    /// Notes the safeguards that a person overrode.
    func note(_ overrides: [RunFailure], by person: String) {
        self.overrides = overrides.map { RunOverride($0.code, $0.message, by: person) }
    }

    /// Takes in whom Mailchimp refuses by now, in the segments of the plan's audience.
    ///
    /// - Throws: the ledger's errors.
    func learnRefusals(_ ledger: any Ledger) throws {
        guard let key = plan?.segments.first?.key else { return }
        let segments = try ledger.segments(of: activation).filter { $0.key.endpoint == key.endpoint && $0.key.audience == key.audience }
        refusals = try KnownRefusals(of: segments, in: ledger).counts
    }

    /// Whether nothing has gone wrong so far.
    var isFine: Bool { error == nil }

    /// Nothing changed since the last run: what it found still holds.
    func endUnchanged(_ last: RunReport, _ survey: SegmentSurvey) {
        outcome = .unchanged
        var report = RunReport(
            run: run, activation: activation, kind: kind, outcome: outcome,
            segments: survey.known.map { known in
                var segment = SegmentReport(
                    label: known.key.label, id: known.mailchimpID, name: known.name, members: known.members, added: 0, removed: 0,
                    unchanged: known.members)
                segment.seen = survey.snapshot[known].map { SeenMembers($0.count, at: survey.lookedAt, by: .count) }
                return segment
            }, rows: last.rows, buckets: last.buckets, warnings: last.lastingWarnings, startedAt: clock.startedAt)
        (report.expectations, report.primaryKey, report.lists) = (last.expectations, last.primaryKey, last.lists)
        report.limit = last.limit
        report.pushDown = last.pushDown
        unchanged = report
    }

    func beginApplying() { isApplying = true }

    func stop(_ reason: RunFailure) {
        outcome = RunOutcome(stoppedBy: reason, rows: plan?.rows)
        error = reason
    }

    func fail(_ error: any Error) {
        outcome = (error as? EngineError)?.isStop == true && !isApplying ? .stopped : .failed
        self.error = RunFailure(error)
        if let unmet = error as? ExpectationUnmet { outcome = RunOutcome(stoppedBy: RunFailure(unmet), rows: nil) }
        guard let undoes else { return }
        // The advice for an ordinary run would do the opposite here.
        if error is CancellationError {
            self.error?.advice = EngineError.advice(next: "hookline undo \(undoes)")
        } else if (error as? EngineError)?.code == .segmentGone {
            self.error?.advice =
                "There is nothing to take back from it; hookline run \(activation) creates it again, with the users that the source selects"
        }
    }

    /// The rows that a keeper noted, by where they ended; nil without a plan, or with one that was not made from rows.
    ///
    /// - Throws: if rows on disk cannot be read.
    func rows(_ keeper: RowKeeper) throws -> [RowBucket: [KeptRow]]? {
        guard let plan, kind == .run || kind == .refresh else { return nil }
        return try keeper.rows(plan, outcome.isStop ? nil : whole.current)
    }

    /// The report, with the calls and seconds that were measured, and the numbers of members that the ledger has now.
    func report(calls: Int, seconds: Double, _ ledger: any Ledger) -> RunReport {
        var report = reportWithoutProbe(calls: calls, seconds: seconds, ledger)
        report.probe = probe
        return report
    }

    private func reportWithoutProbe(calls: Int, seconds: Double, _ ledger: any Ledger) -> RunReport {
        if var unchanged, outcome == .unchanged {
            (unchanged.calls, unchanged.seconds) = (calls, seconds)
            return unchanged
        }
        guard let plan else {
            var report = RunReport(
                run: run, activation: activation, kind: kind, outcome: outcome, calls: calls, seconds: seconds, error: error,
                startedAt: clock.startedAt)
            report.undoes = undoes
            return report
        }
        let counts = segmentProgress.map(\.current)
        let nothingSent = outcome.isStop || kind == .dryRun
        var buckets = nothingSent ? plan.expectedBuckets : plan.buckets
        var warnings = plan.warnings
        if !nothingSent {
            let refused = whole.current
            // An undo reads no rows.
            if kind != .undo {
                buckets.move(refused.notContacts, from: \.inSegment, to: \.notAContact)
                buckets.move(refused.rejected, from: \.inSegment, to: \.rejected)
            }
            if outcome == .done, refusals?.contains(where: \.isNew) == true { outcome = .partial }
        }
        let refusals = refusals ?? plan.refusals ?? []
        warnings += refusals.map { $0.notice(activation) }
        let segments = zip(plan.segments, counts).map { planned, counts in
            var report = planned.report(counts, nothingSent: nothingSent)
            if !nothingSent, !planned.action.isDeletion { report.learn(try? ledger.segment(planned.key), since: clock.startedAt) }
            // A run that failed may not have come as far as emptying or making the segment, and what it planned to lose was not looked at.
            if outcome == .failed, counts.made == nil, planned.action.ignoresMembers { report.believed = true }
            return report
        }
        var report = RunReport(
            run: run, activation: activation, kind: kind, outcome: outcome, segments: segments, rows: plan.rows, buckets: buckets,
            calls: calls, seconds: seconds, warnings: warnings, error: error, startedAt: clock.startedAt)
        report.overrides = overrides
        report.undoes = undoes
        report.lists = plan.lists
        (report.expectations, report.primaryKey, report.limit) = (plan.expectations, plan.primaryKey, plan.limit)
        report.pushDown = plan.pushDown
        report.refusals = refusals
        return report
    }
}

extension SegmentReport {
    /// Takes in what the ledger has after a run that began at `start`; nil if it cannot be read.
    fileprivate mutating func learn(_ known: LedgerSegment?, since start: Int64) {
        // Who applies a plan does not look again.
        if known == nil || seen.map({ $0.at < start }) ?? true { believed = true }
        guard let known else { return }
        members = known.members
        unanswered = known.adding > 0 ? known.adding : nil
        if known.adding + known.removing > 0 { believed = true }
    }
}

import HooklineCore
import Text

/// What is known of a run while it goes on, and the report of it at the end.
final class RunRecorder {
    let run: String
    let activation: String
    let kind: RunKind
    let startedAt: Int64
    /// For an undo, the run that it takes back.
    var undoes: String?
    /// One for each segment of the plan.
    private(set) var segmentProgress: [SegmentProgress] = []
    private let whole = RunProgress()
    private var plan: Plan?
    private var outcome = RunOutcome.done
    private var overrides: [RunOverride] = []
    private var error: RunFailure?

    init(run: String, activation: String, kind: RunKind, startedAt: Int64) {
        self.run = run
        self.activation = activation
        self.kind = kind
        self.startedAt = startedAt
    }

    func learn(_ plan: Plan) {
        self.plan = plan
        segmentProgress = plan.segments.map { _ in SegmentProgress(whole) }
    }

    /// Somebody let safeguards pass.
    func note(_ overrides: [RunFailure], by person: String) {
        self.overrides = overrides.map { RunOverride($0.code, $0.message, by: person) }
    }

    func stop(_ reason: RunFailure) {
        outcome = .stopped
        error = reason
    }

    func fail(_ error: any Error) {
        outcome = (error as? EngineError)?.isStop == true ? .stopped : .failed
        self.error = RunFailure(error)
        guard let undoes else { return }
        // The advice that a run gives would do the opposite here.
        if error is CancellationError {
            self.error?.advice = EngineError.advice(next: "hookline undo \(undoes)")
        } else if (error as? EngineError)?.code == .segmentGone {
            self.error?.advice =
                "There is nothing to take back from it; hookline run \(activation) creates it again, with the users that the source selects"
        }
    }

    /// The report; `calls` and `seconds` as measured.
    func report(calls: Int, seconds: Double) -> RunReport {
        guard let plan else {
            var report = RunReport(
                run: run, activation: activation, kind: kind, outcome: outcome, calls: calls, seconds: seconds, error: error,
                startedAt: startedAt)
            report.undoes = undoes
            return report
        }
        let counts = segmentProgress.map(\.current)
        let nothingSent = outcome == .stopped || kind == .dryRun
        var buckets = plan.buckets
        var warnings = plan.warnings
        if !nothingSent {
            let refused = whole.current
            // The rows of a run that is taken back were not read again.
            if kind != .undo {
                buckets.move(refused.notContacts, from: \.inSegment, to: \.notAContact)
                buckets.move(refused.rejected, from: \.inSegment, to: \.rejected)
            }
            for (words, times) in refused.rejections.sorted(by: { $0.key < $1.key }) {
                warnings.append(RunWarning("mailchimp.rejected", "Mailchimp rejected \(NumberText.grouped(times)): \(words)"))
            }
            for (words, times) in refused.unremovable.sorted(by: { $0.key < $1.key }) {
                warnings.append(
                    RunWarning(
                        "mailchimp.rejected",
                        "Mailchimp refused to remove \(NumberText.grouped(times)), which no contact can be called: \(words)"))
            }
            if outcome == .done, buckets.rejected > 0 { outcome = .partial }
        }
        let segments = zip(plan.segments, counts).map { $0.report($1, nothingSent: nothingSent) }
        var report = RunReport(
            run: run, activation: activation, kind: kind, outcome: outcome, segments: segments, rows: plan.rows, buckets: buckets,
            calls: calls, seconds: seconds, warnings: warnings, error: error, startedAt: startedAt)
        report.overrides = overrides
        report.undoes = undoes
        report.lists = plan.lists
        return report
    }
}

extension Plan {
    /// What the plan would do, in the shape of a report: what `plan --json` prints, addresses included.
    package func asReport(stop: RunFailure?, seconds: Double, startedAt: Int64) -> RunReport {
        var report = RunReport(
            run: run, activation: activation, kind: .dryRun, outcome: stop == nil ? .done : .stopped,
            segments: segments.map { $0.report(SegmentProgress.Counts(), nothingSent: true) }, rows: rows, buckets: buckets, calls: calls,
            seconds: seconds, warnings: warnings, error: stop, startedAt: startedAt)
        report.lists = lists
        for index in segments.indices {
            report.segments[index].adds = segments[index].adds
            report.segments[index].removes = segments[index].removes
        }
        return report
    }
}

extension SegmentPlan {
    /// What became of it; with `nothingSent`, what would have become of it.
    func report(_ counts: SegmentProgress.Counts, nothingSent: Bool) -> SegmentReport {
        let added = nothingSent ? adds.count : counts.added
        let removed = nothingSent ? removes.count : counts.removed
        var report = SegmentReport(
            label: key.label, id: counts.id ?? action.id, name: name, members: unchanged + added + (removes.count - removed),
            added: added, removed: removed, unchanged: unchanged, deleted: action.isDeletion ? true : nil)
        report.renamedFrom = nameBefore
        return report
    }
}

extension SegmentPlan.Action {
    /// Mailchimp's id of the segment as it is now; nil for one that has to be made.
    var id: Int? {
        switch self {
        case .keep(let id), .rename(let id), .found(let id), .adopt(let id), .reset(let id, _), .empty(let id), .delete(let id): id
        case .create, .recreate, .remake: nil
        }
    }

    /// Whether everybody has to be added anew.
    var startsFromScratch: Bool {
        switch self {
        case .recreate, .reset, .remake: true
        default: false
        }
    }

    /// Whether the segment is gone afterwards.
    var isDeletion: Bool { if case .delete = self { true } else { false } }
}

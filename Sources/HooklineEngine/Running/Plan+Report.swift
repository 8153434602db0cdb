import HooklineCore

extension Plan {
    /// The plan in the shape of a report, which `plan --json` prints, addresses included.
    package func asReport(stop: RunFailure?, seconds: Double, startedAt: Int64) -> RunReport {
        var report = RunReport(
            run: run, activation: activation, kind: .dryRun, outcome: stop.map { RunOutcome(stoppedBy: $0, rows: rows) } ?? .done,
            segments: segments.map { $0.report(SegmentProgress.Counts(), nothingSent: true) }, rows: rows, buckets: expectedBuckets,
            calls: calls, seconds: seconds, warnings: warnings + (refusals ?? []).map { $0.notice(activation) }, error: stop,
            startedAt: startedAt)
        report.refusals = refusals ?? []
        report.lists = lists
        (report.expectations, report.primaryKey, report.limit) = (expectations, primaryKey, limit)
        report.pushDown = pushDown
        for index in segments.indices {
            report.segments[index].action = segments[index].action.word
            report.segments[index].adds = segments[index].adds
            report.segments[index].removes = segments[index].removes
        }
        return report
    }

    /// The buckets if nobody who is only asked again turns out to be a contact.
    var expectedBuckets: Buckets {
        var buckets = buckets
        buckets.move(askedAgain ?? 0, from: \.inSegment, to: \.notAContact)
        buckets.move(refusedAgain ?? 0, from: \.inSegment, to: \.rejected)
        return buckets
    }
}

extension SegmentPlan {
    /// What happened to the segment or, if nothing was sent, what would have happened.
    func report(_ counts: SegmentProgress.Counts, nothingSent: Bool) -> SegmentReport {
        let added = nothingSent ? entering : counts.added
        let removed = nothingSent ? removes.count : counts.removed
        var report = SegmentReport(
            label: key.label, id: counts.id ?? action.id, name: name, members: unchanged + added + (removes.count - removed) + (held ?? 0),
            added: added, removed: removed, unchanged: unchanged, deleted: action.isDeletion ? true : nil)
        report.seen = counts.made ?? seen
        report.believed = counts.made != nil || action.isDeletion ? nil : believed
        report.unanswered = unanswered
        report.askedAgain = askedAgain
        report.renamedFrom = nameBefore
        switch action {
        case .recreate(let id): report.replaces = id
        case .reset: report.emptied = true
        default: return report
        }
        report.notReturning = leaving
        return report
    }
}

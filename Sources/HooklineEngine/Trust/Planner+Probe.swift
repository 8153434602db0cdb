import HooklineCore

/// What a probe says at the beginning of a run.
struct Probing {
    var record: ProbeRecord
    /// The last run, if everything is as it left it.
    var unchanged: RunReport?
    /// What was seen of the segments; nil if nobody looked.
    var survey: SegmentSurvey?
}

extension Planner {
    /// Asks the source whether it changed, before anything else is read: what changes later belongs to the next run.
    ///
    /// - Returns: nil without a probe, or where nobody can ask.
    /// - Throws: `ExpectationUnmet` for a marker, and the errors of source, ledger, and Mailchimp.
    func probing() async throws -> Probing? {
        guard let probe = activation.model.probe, let signals = dependencies.signals, !options.dryRun else { return nil }
        var basis = Fingerprint()
        basis.add("basis", Array(options.probeBasis.utf8))
        basis.add("day", Array(try clock.today(in: activation.timezone).text.utf8))
        basis.add("hookline", Array("\(Release.version)".utf8))
        let value = try signals.digest(of: probe) { [clock] in clock.isOver }
        var probing = Probing(record: ProbeRecord(value: value, basis: basis.text, since: clock.startedAt))
        if options.refresh != nil || options.readsAll || options.reconciles {
            probing.record.reason = "it was asked for"
        } else if let reason = options.reasonToRead {
            probing.record.reason = reason
        } else {
            try await compare(&probing)
        }
        return probing
    }

    private func compare(_ probing: inout Probing) async throws {
        let check = UnchangedCheck(activation: activation, ledger: dependencies.ledger, client: client, now: clock.startedAt)
        let (last, reason) = try check.lastRun(probing.record)
        guard let last, let before = last.probe else { return probing.record.reason = reason }
        if try markers().values.contains(where: { !$0.met }) { return probing.record.reason = "a marker is missing" }
        let survey = try await survey()
        probing.survey = survey
        probing.record.reason = try await check.reasonToPlan(survey)
        if probing.record.reason != nil { return }
        probing.record.since = before.since
        probing.unchanged = last
    }
}

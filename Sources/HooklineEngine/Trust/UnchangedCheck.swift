import HooklineCore
import Mailchimp

/// Decides whether a run can end without reading the source, because nothing changed that its plan follows from.
///
/// Whatever it is not sure of is a reason to read: a change that is missed keeps people in a segment whom nobody wants there.
struct UnchangedCheck {
    let activation: Activation
    let ledger: any Ledger
    let client: MailchimpClient
    /// When the run began, in Unix seconds.
    let now: Int64

    /// A run reads the rows at least so often, in seconds, whatever the probe says.
    static let longest: Int64 = 86_400

    /// The last run, if its rows are those of today as far as ledger and probe know; else the reason to read.
    ///
    /// - Throws: the ledger's errors.
    func lastRun(_ probe: ProbeRecord) throws -> (run: RunReport?, reason: String?) {
        guard let value = probe.value else { return (nil, "the source is being changed") }
        guard let last = try ledger.history(of: activation.name, limit: 1).first else { return (nil, "it is the first run") }
        guard last.kind == .run || last.kind == .refresh, last.outcome == .done || last.outcome == .unchanged else {
            return (nil, "the last run was none that read everything and was applied")
        }
        guard let before = last.probe else { return (nil, "the last run had no probe") }
        if before.value != value { return (nil, "the source changed") }
        if before.basis != probe.basis { return (nil, "files, settings, parameters, or the day changed") }
        guard (0..<Self.longest).contains(now - before.since) else { return (nil, "the rows were last read more than a day ago") }
        for case .freshWithin(let seconds, let field) in activation.model.expectations.map(\.kind) {
            let finding = last.expectations?.first { $0.expectation == "fresh_within" && $0.field == field }
            guard let newest = finding?.newest, now - newest <= Int64(seconds) else { return (nil, "the rows are no longer fresh") }
        }
        if !(try ledger.untold(of: activation.name).isEmpty) { return (nil, "an earlier run has something to tell") }
        return (last, nil)
    }

    /// Why the segments have to be planned; nil if they are as the last run left them.
    ///
    /// - Throws: the errors of Mailchimp and the ledger.
    func reasonToPlan(_ survey: SegmentSurvey) async throws -> String? {
        let known = survey.known
        if known.isEmpty { return "there is no segment yet" }
        if survey.leftBehind != nil { return "there are segments in another audience or account" }
        if !survey.drift.notices.isEmpty || !survey.drift.reconciliations.isEmpty {
            return "the segment changed, or was due to be compared"
        }
        for segment in known {
            guard segment.phase == .live, segment.adding == 0, segment.removing == 0, segment.pendingName == nil,
                survey.snapshot[segment] != nil
            else { return "the segment is not as a run leaves it" }
            if !(try ledger.refusals(in: segment).isEmpty) { return "Mailchimp refuses addresses" }
        }
        return try await hasNewContacts(known.filter { $0.waiting > 0 }, survey.key.audience) ? "there are new contacts" : nil
    }

    /// Whether somebody who waits may be a contact by now.
    private func hasNewContacts(_ waiting: [LedgerSegment], _ audience: String) async throws -> Bool {
        guard let first = waiting.map({ $0.lookedUntil ?? 0 }).min() else { return false }
        let since = max(0, first - Int64(activation.askAgain.lookBack))
        for contact in try await client.contactsChanged(audience: audience, since: since) {
            let hash = SubscriberHash(of: contact.address)
            for segment in waiting where try ledger.entry(of: hash, in: segment)?.state.isPossiblyMember == false { return true }
        }
        return false
    }
}

extension RunReport {
    /// The warnings that are about rows, scripts, and rules: they hold as long as nothing changes.
    var lastingWarnings: [RunWarning] {
        let subjects = ["model.", "expect.", "rows.", "email.", "source.", "rules.", "hook."]
        return warnings.filter { warning in subjects.contains { warning.code.hasPrefix($0) } }
    }
}

import Foundation
import HooklineCore
import Mailchimp

/// Reads the source and the ledger, and works out what a run would do. Sends nothing that changes anything.
struct Planner {
    let activation: Activation
    let options: RunOptions
    let client: MailchimpClient
    let surroundings: RunSurroundings
    let run: String
    let startedAt: Int64

    /// The plan of the run.
    ///
    /// - Throws: `IssuesFound` when manifest and source do not fit, the errors of source, hooks, ledger and Mailchimp, and
    ///   `EngineError.Code.segmentExists` when the name belongs to a segment that Hookline did not make.
    func plan() async throws -> Plan {
        let cursor = try surroundings.source.open()
        try check(cursor.columns)
        let today = try CalendarDate(now: startedAt, timezone: activation.timezone)
        try surroundings.hooks?.start(
            columns: cursor.columns, primaryKey: activation.model.primaryKey,
            context: HookContext(activation, run: run, kind: options.kind, startedAt: startedAt, today: today)
        )
        let name = try surroundings.hooks?.name(segment: activation.segmentName, label: nil) ?? activation.segmentName
        let target = try await SegmentFinder(
            key: SegmentKey(
                endpoint: try await client.resolveEndpoint(), audience: activation.destination.audience, activation: activation.name),
            name: name, options: options, adopt: options.adopt || activation.adopt, client: client, ledger: surroundings.ledger
        ).find()
        let reader = try CandidateReader(
            activation: activation, cursor: cursor, hooks: surroundings.hooks, now: startedAt, today: today,
            progress: surroundings.progress, stopwatch: surroundings.stopwatch
        )
        var draft = SegmentDraft(target: target)
        let ledgerStart = surroundings.stopwatch()
        try draft.learnMembers(surroundings.ledger)
        let ledgerRead = surroundings.stopwatch() - ledgerStart
        var findings = try reader.read { draft.meet($0, $1) }
        findings.buckets.move(try await reconsiderWaiting(&draft, target), from: \.notAContact, to: \.inSegment)
        let finishStart = surroundings.stopwatch()
        var segment = try draft.finish(surroundings.ledger)
        try rememberRefreshed(&segment, target)
        findings.phases.ledger = ledgerRead + surroundings.stopwatch() - finishStart
        surroundings.progress(.planned(findings.phases))
        return Plan(
            run: run, activation: activation.name, kind: options.kind, createdAt: startedAt, fingerprint: options.fingerprint,
            segments: [segment], rows: findings.rows, buckets: findings.buckets,
            warnings: warnings(findings, cursor)
        )
    }

    private func check(_ columns: [Column]) throws {
        let issues = ActivationChecker.issues(activation, columns: columns, hasMapHook: surroundings.hooks?.hasMap ?? false)
        let errors = issues.filter { $0.severity == .error }
        if !errors.isEmpty { throw IssuesFound(errors) }
    }

    /// A refresh that was cut off after the delete has left the ledger without members; the brakes must know of them all the same.
    private func rememberRefreshed(_ segment: inout SegmentPlan, _ target: SegmentTarget) throws {
        guard let known = target.known, known.phase == .creating, segment.membersBefore == 0 else { return }
        let past = try surroundings.ledger.history(of: activation.name, limit: 100)
        guard let last = past.first(where: { $0.outcome == .done || $0.outcome == .partial }),
            let before = last.segments.first(where: { $0.label == known.key.label })?.members
        else { return }
        segment.membersBefore = before
        segment.leaving = max(0, before - segment.adds.count)
    }

    /// Asks again for those who were no contacts, when that is cheap, and says how many it put among the additions.
    ///
    /// Room left in calls that are made anyway costs nothing. Up to 500 more cost one call; beyond that one page of the contacts
    /// that changed since the last look costs less, and says for certain who is new.
    private func reconsiderWaiting(_ draft: inout SegmentDraft, _ target: SegmentTarget) async throws -> Int {
        let waiting = draft.waiting
        if waiting.isEmpty { return 0 }
        if target.startsFromScratch { return draft.ask(again: waiting) }
        if waiting.count <= draft.roomForMore + SegmentPlan.batchLimit { return draft.ask(again: waiting) }
        guard let known = target.known else { return draft.ask(again: waiting) }
        let since = max(0, (known.probedAt ?? known.phaseSince) - Self.probeOverlap)
        let changed = try await client.contactsChanged(audience: activation.destination.audience, since: since)
        var here = HashTable(capacity: changed.count)
        for contact in changed { here.set(1, for: SubscriberHash(of: contact.address)) }
        var arrived = AddressList()
        for index in 0..<waiting.count where here.mark(of: waiting.hashes[index]) != 0 { arrived.append(waiting, at: index) }
        return draft.ask(again: arrived)
    }

    /// The probe begins this many seconds before the last one did: Mailchimp's clock is not ours, and `since_last_changed` leaves
    /// out the moment itself.
    private static let probeOverlap: Int64 = 600

    private func warnings(_ findings: CandidateReader.Findings, _ cursor: any RowCursor) -> [RunWarning] {
        var warnings: [RunWarning] = []
        if findings.repeatedKeys > 0, let key = activation.model.primaryKey, let row = findings.firstRepeatedKey {
            warnings.append(
                RunWarning(
                    "model.repeated_key",
                    "\(Brakes.grouped(findings.repeatedKeys)) rows repeat the primary key '\(key)' of an earlier row, the first at row \(Brakes.grouped(row))"
                ))
        }
        if cursor.valuesNulled > 0 {
            warnings.append(
                RunWarning("source.values_nulled", "\(Brakes.grouped(cursor.valuesNulled)) values did not fit their column and became NULL")
            )
        }
        if let forgiven = surroundings.hooks?.forgivenErrors, forgiven.count > 0 {
            let samples = forgiven.samples.map { "\n  " + $0 }.joined()
            warnings.append(RunWarning("hook.forgiven", "\(Brakes.grouped(forgiven.count)) script errors were forgiven:\(samples)"))
        }
        return warnings + (surroundings.hooks?.warnings ?? [])
    }
}

extension Buckets {
    /// Moves rows from one bucket to another.
    mutating func move(_ rows: Int, from: WritableKeyPath<Buckets, Int>, to: WritableKeyPath<Buckets, Int>) {
        self[keyPath: from] -= rows
        self[keyPath: to] += rows
    }
}

extension HookContext {
    /// What the scripts of an activation may know of a run.
    init(_ activation: Activation, run: String, kind: RunKind, startedAt: Int64, today: CalendarDate) {
        self.init(
            activation: activation.name, parameters: activation.parameters, now: startedAt, today: today.text,
            timezone: activation.timezone, run: run, kind: kind, seed: SubscriberHash(of: run).high)
    }
}

extension CalendarDate {
    /// The day that a moment falls on in a time zone.
    init(now: Int64, timezone: String) throws {
        guard let zone = TimeZone(identifier: timezone) else {
            throw EngineError(.badTimeZone, "there is no time zone '\(timezone)': use an IANA name such as Europe/Paris")
        }
        let local = now + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(now))))
        self.init(daysSinceEpoch: Int((Double(local) / 86_400).rounded(.down)))
    }
}

import Foundation
import HooklineCore
import Mailchimp
import Text

/// Reads the source and the ledger, and works out what a run would do. Sends nothing that changes anything.
struct Planner {
    let activation: Activation
    let options: RunOptions
    let client: MailchimpClient
    let dependencies: RunDependencies
    let run: String
    let startedAt: Int64

    /// The plan of the run.
    ///
    /// - Throws: `IssuesFound` when manifest and source do not fit, the errors of source, hooks, ledger and Mailchimp, and
    ///   `EngineError.Code.segmentExists` when the name belongs to a segment that Hookline did not make.
    func plan() async throws -> Plan {
        let cursor = try dependencies.source.open()
        let today = try CalendarDate(now: startedAt, timezone: activation.timezone)
        let rules = try compileRules(cursor.columns)
        let clock = RunClock(activation, dependencies, startedAt: startedAt)
        dependencies.hooks?.setCancellationCheck { clock.isOver }
        try dependencies.hooks?.start(
            columns: cursor.columns, primaryKey: activation.model.primaryKey,
            context: HookContext(activation, run: run, kind: options.kind, startedAt: startedAt, today: today)
        )
        let key = SegmentKey(
            endpoint: try await client.resolveEndpoint(), audience: activation.destination.audience, activation: activation.name)
        let known = try dependencies.ledger.segments(of: key.activation).filter {
            $0.key.endpoint == key.endpoint && $0.key.audience == key.audience
        }
        let listing = SegmentListing(client: client, audience: key.audience)
        let snapshot = try await RemoteSegmentReader(client: client, audience: key.audience, listing: listing).look(at: known)
        let (reconciliations, notices) = try await reconcile(known, snapshot)
        let settler = SegmentSettler(
            activation: activation, options: options, client: client, dependencies: dependencies, listing: listing, snapshot: snapshot,
            reconciliations: reconciliations)
        var reader = RowReader(activation: activation, cursor: cursor, rules: rules, dependencies: dependencies, clock: clock)
        let ledgerStart = dependencies.stopwatch()
        var drafts = try DraftSet(
            key, known: known, snapshot: snapshot, breakdown: activation.breakdown, hasBreakdown: dependencies.hooks?.hasBreakdown ?? false,
            isRefresh: options.refresh != nil, ledger: dependencies.ledger)
        let ledgerRead = dependencies.stopwatch() - ledgerStart
        // A single segment is looked for first: a name that is taken is said before a long query, not after it.
        if drafts.isSingle { _ = try await settler.settle(&drafts) }
        var findings = try reader.read(into: &drafts)
        let order = drafts.isSingle ? [0] : try await settler.settle(&drafts)
        findings.buckets.move(drafts.becameMembers, from: \.notAContact, to: \.inSegment)
        findings.buckets.move(try await reconsiderWaiting(&drafts), from: \.notAContact, to: \.inSegment)
        let finishStart = dependencies.stopwatch()
        let segments = try finish(drafts, order)
        let together = drafts.together(wanted: findings.buckets.inSegment)
        findings.phases.ledger = ledgerRead + dependencies.stopwatch() - finishStart
        dependencies.progress(.planned(findings.phases))
        var plan = Plan(
            run: run, activation: activation.name, kind: options.kind, createdAt: startedAt, fingerprint: options.fingerprint,
            segments: segments, rows: findings.rows, buckets: findings.buckets,
            warnings: notices + warnings(findings) + segments.compactMap(\.vanishing), together: together
        )
        let last = try dependencies.ledger.history(of: activation.name, limit: 50).first { $0.hasReadAndApplied }
        plan.rowsBefore = last?.rows
        plan.listsBefore = last?.lists
        plan.lists = options.lists.isEmpty ? nil : options.lists
        return plan
    }

    /// Reads the members of those segments where there is a reason to, and says what was found.
    private func reconcile(
        _ known: [LedgerSegment], _ snapshot: RemoteSegmentSnapshot
    ) async throws -> (found: [Int64: Reconciliation], notices: [RunWarning]) {
        let reconciler = Reconciler(
            driftPolicy: activation.driftPolicy, isAsked: options.reconciles, client: client, ledger: dependencies.ledger, now: startedAt)
        var found: [Int64: Reconciliation] = [:]
        var notices: [RunWarning] = []
        for segment in known {
            if snapshot.isGone(segment) {
                notices.append(
                    RunWarning(
                        "drift.deleted",
                        "the segment '\(segment.name)' (id \(segment.mailchimpID ?? 0)) has been deleted in Mailchimp; the run makes it anew, under another id, or forgets it if no row wants it"
                    ))
            }
            // Of one that is about to be emptied nothing is to be mended.
            guard options.refresh == nil, segment.phase == .live, let remote = snapshot[segment] else { continue }
            if remote.name != segment.name, remote.name != segment.pendingName {
                let keeps = activation.driftPolicy.onRename == .follow ? "keeps that name" : "gets its name back"
                notices.append(
                    RunWarning(
                        "drift.renamed",
                        "the segment '\(segment.name)' (id \(remote.id)) was renamed to '\(remote.name)' in Mailchimp; it \(keeps)"))
            }
            guard reconciler.reason(segment, remote) != nil else { continue }
            let reconciliation = try await reconciler.reconcile(segment, remote)
            found[segment.id] = reconciliation
            if let notice = reconciliation.notice(segment.name) { notices.append(notice) }
        }
        return (found, notices)
    }

    private func compileRules(_ columns: [Column]) throws -> RuleEvaluator {
        let (rules, _, issues) = ActivationChecker.check(
            activation, columns: columns, hasMapHook: dependencies.hooks?.hasMap ?? false, now: startedAt)
        let errors = issues.filter { $0.severity == .error }
        guard let rules, errors.isEmpty else { throw IssuesFound(errors) }
        return rules
    }

    private func finish(_ drafts: DraftSet, _ order: [Int]) throws -> [SegmentPlan] {
        var memory = RefreshMemory(ledger: dependencies.ledger, activation: activation.name)
        return try order.compactMap { index in
            let draft = drafts.drafts[index]
            guard let target = draft.target else { return nil }
            var segment = try draft.finish(target, dependencies.ledger)
            try memory.complete(&segment, draft.known)
            return segment
        }
    }

    /// Asks again for those who were no contacts, when that is cheap, and says how many rows it put in the segments.
    ///
    /// Room left in calls that are made anyway costs nothing. One more call is worth it; beyond that one page of the contacts that
    /// changed since the last look costs less, and says for certain who is new.
    private func reconsiderWaiting(_ drafts: inout DraftSet) async throws -> Int {
        var rows = 0
        var dear: [Int] = []
        var calls = 0
        for index in drafts.drafts.indices where !drafts.drafts[index].waiting.isEmpty {
            let mustAsk = drafts.drafts[index].known == nil || drafts.drafts[index].target?.startsFromScratch == true
            let more = mustAsk ? 0 : drafts.drafts[index].callsToAskAgain
            calls += more
            if more > 0 { dear.append(index) } else { rows += drafts.ask(again: drafts.drafts[index].waiting, in: index) }
        }
        var here: HashTable?
        if calls > 1 {
            let since = dear.compactMap { drafts.drafts[$0].known }.map { $0.probedAt ?? $0.phaseSince }.min() ?? 0
            let changed = try await client.contactsChanged(
                audience: activation.destination.audience, since: max(0, since - Self.probeOverlap))
            var table = HashTable(capacity: changed.count)
            for contact in changed { table.set(1, for: SubscriberHash(of: contact.address)) }
            here = table
        }
        for index in dear {
            let waiting = drafts.drafts[index].waiting
            rows += drafts.ask(again: here.map { waiting.those(in: $0) } ?? waiting, in: index, isProven: here != nil)
        }
        return rows
    }

    /// The probe begins this many seconds before the last one did: Mailchimp's clock is not ours, and `since_last_changed` leaves
    /// out the moment itself.
    private static let probeOverlap: Int64 = 600

    private func warnings(_ findings: RowsRead) -> [RunWarning] {
        var warnings: [RunWarning] = []
        if findings.repeatedKeys > 0, let key = activation.model.primaryKey, let row = findings.firstRepeatedKey {
            warnings.append(
                RunWarning(
                    "model.repeated_key",
                    "\(NumberText.grouped(findings.repeatedKeys)) rows repeat the primary key '\(key)' of an earlier row, the first at row \(NumberText.grouped(row))"
                ))
        }
        if findings.valuesNulled > 0 {
            warnings.append(
                RunWarning(
                    "source.values_nulled",
                    "\(NumberText.grouped(findings.valuesNulled)) values did not fit their column and are unknown to the rules")
            )
        }
        warnings += UnseenTexts.warnings(findings.unseen, rows: findings.rows)
        if let forgiven = dependencies.hooks?.forgivenErrors, forgiven.count > 0 {
            let samples = forgiven.samples.map { "\n  " + $0 }.joined()
            warnings.append(
                RunWarning(
                    "hook.forgiven",
                    "\(forgiven.count == 1 ? "1 script error was" : "\(NumberText.grouped(forgiven.count)) script errors were") forgiven:\(samples)"
                ))
        }
        return warnings + (dependencies.hooks?.warnings ?? [])
    }
}

extension RunReport {
    /// Whether it read the source and its plan was applied.
    fileprivate var hasReadAndApplied: Bool {
        (outcome == .done || outcome == .partial) && (kind == .run || kind == .refresh || kind == .apply)
    }
}

extension Reconciliation {
    /// What to say of it; nil when ledger and Mailchimp agree.
    fileprivate func notice(_ name: String) -> RunWarning? {
        if lost.isEmpty, strangers.count == 0 { return nil }
        let what = mends ? "; those who are wanted are added, those who are not leave" : "; nothing is done about it (on_drift: report)"
        return RunWarning(
            "drift.members",
            "members of '\(name)' were changed in Mailchimp: \(lost.count == 1 ? "1 is" : "\(NumberText.grouped(lost.count)) are") missing, \(strangers.count == 1 ? "1 was" : "\(NumberText.grouped(strangers.count)) were") put in by others\(what)"
        )
    }
}

extension AddressList {
    /// Those that the table holds.
    fileprivate func those(in table: HashTable) -> AddressList {
        var found = AddressList()
        for index in 0..<count where table.mark(of: hashes[index]) != 0 { found.append(self, at: index) }
        return found
    }
}

extension SegmentPlan {
    /// What to say of a segment whose label vanished in this run; nil for any other.
    fileprivate var vanishing: RunWarning? {
        let who = key.label == nil ? "no row is without a label any more" : "no row has \(LabelText.shown(key.label)) any more"
        let leavers = leaving == 1 ? "its one member leaves" : "its \(NumberText.grouped(leaving)) members leave"
        switch action {
        case .empty(let id) where leaving > 0:
            let hint = key.label == nil ? "" : ". To delete such segments: breakdown: { delete_empty: true }"
            return RunWarning("breakdown.vanished", "\(who): segment \(id) stays, and \(leavers)\(hint)")
        case .delete(let id): return RunWarning("breakdown.vanished", "\(who): segment \(id) is deleted, and \(leavers)")
        default: return nil
        }
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
    ///
    /// They cannot tell a plan or a dry run from the run that it stands for: a script that could would show one and do another.
    package init(_ activation: Activation, run: String, kind: RunKind, startedAt: Int64, today: CalendarDate) {
        self.init(
            activation: activation.name, parameters: activation.parameters, now: startedAt, today: today.text,
            timezone: activation.timezone, run: run, kind: kind == .refresh ? .refresh : .run, seed: SubscriberHash(of: run).high)
    }
}

extension CalendarDate {
    /// The day that a moment falls on in a time zone.
    package init(now: Int64, timezone: String) throws {
        guard let zone = ZoneOffsets(named: timezone) else {
            throw EngineError(.badTimeZone, "there is no time zone '\(timezone)'", advice: "Use an IANA name such as Europe/Paris")
        }
        self = zone.day(of: now)
    }
}

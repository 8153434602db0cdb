import HooklineCore
import Mailchimp

/// Works out what a run would do, in stages. Each is a function of the ones before:
///
///     opened ─► surveyed ─► (preflight) ─► classified ─► settled ─► planned
///
/// Reading and classifying are one stage: rows stream through it in batches, and only wanted addresses stay in memory.
/// The planner changes nothing, neither at Mailchimp nor in the ledger.
struct Planner {
    let activation: Activation
    let options: RunOptions
    let client: MailchimpClient
    let dependencies: RunDependencies
    /// The run's ID.
    let run: String
    let clock: RunClock

    /// Makes the plan of the run; `surveyed` is what was seen of the segments already, if somebody looked.
    ///
    /// - Throws: `IssuesFound` if the manifest does not fit the source, `EngineError` for what a run must not do (`segmentExists`,
    ///   `tooManyLabels`, …), and the errors of source, hooks, ledger, and Mailchimp.
    func plan(_ surveyed: SegmentSurvey? = nil) async throws -> Plan {
        let source = try open()
        let survey = if let surveyed { surveyed } else { try await survey() }
        let preflight = try await preflight(survey)
        let classified = try classify(source, survey, preflight)
        let settled = try await settle(classified, survey, preflight)
        return try plan(settled, survey, await survey.listing.requested ?? [])
    }

    // MARK: Opened: the source fits the activation, and the scripts are ready

    private func open() throws -> OpenedSource {
        let markers = try markers()
        var source = try OpenedSource.open(
            activation, dependencies.source, hasMapHook: dependencies.hooks?.hasMap ?? false,
            showsSuperseded: dependencies.observer != nil, threads: dependencies.threads, clock: clock,
            spilling: dependencies.spilling, stopwatch: dependencies.stopwatch)
        // An observer watches all rows.
        if dependencies.observer == nil { try source.leaveOut(activation, hasMapHook: dependencies.hooks?.hasMap ?? false) }
        try dependencies.hooks?.start(activation, run: run, kind: options.kind, clock: clock, columns: source.cursor.columns)
        try source.expect(activation, known: markers, now: clock.startedAt, spilling: dependencies.spilling)
        return source
    }

    /// What the source's markers say, by the index of their expectations: half of its rows are not worth reading.
    func markers() throws -> [Int: ExpectationFinding] {
        guard let signals = dependencies.signals else { return [:] }
        let check = MarkerCheck(signals, now: clock.startedAt) { [clock] in clock.isOver }
        let found = try check.findings(activation.model.expectations)
        let unmet = found.sorted { $0.key < $1.key }.map(\.value).filter(\.stops).map { ($0.code, $0.message ?? "") }
        if !options.allowance.unexpected, let reason = SafeguardCheck.unmet(unmet) { throw ExpectationUnmet(reason) }
        return found
    }

    // MARK: Surveyed: what exists already, in the ledger and at Mailchimp

    func survey() async throws -> SegmentSurvey {
        let key = SegmentKey(
            endpoint: try await client.resolveEndpoint(), audience: activation.destination.audience, activation: activation.name)
        let known = try dependencies.ledger.segments(of: activation, at: key.endpoint)
        let listing = SegmentListing(client: client, audience: key.audience)
        let lookedAt = dependencies.now()
        let snapshot = try await RemoteSegmentReader(client: client, audience: key.audience, listing: listing).look(at: known)
        let drift = try await DriftCheck(
            activation: activation, options: options, client: client, ledger: dependencies.ledger, now: clock.startedAt
        ).look(at: known, snapshot)
        return SegmentSurvey(
            key: key, known: known, listing: listing, snapshot: snapshot, drift: drift, lookedAt: lookedAt,
            leftBehind: LeftBehind(
                of: activation.name, audience: key.audience, endpoint: key.endpoint,
                among: try dependencies.ledger.segments(of: activation.name)),
            hasBreakdown: dependencies.hooks?.hasBreakdown ?? false)
    }

    // MARK: Preflight: a single segment is looked up early, so that a taken name is reported before a long query, not after it

    private func preflight(_ survey: SegmentSurvey) async throws -> SegmentTarget? {
        survey.isSingle ? try await settler(survey).target(ofSingle: survey.key) : nil
    }

    // MARK: Classified: every row has its outcome, and the drafts know who is wanted

    private struct ClassifiedRows: ~Copyable {
        var drafts: DraftSet
        var read: RowsRead
    }

    private func classify(_ source: OpenedSource, _ survey: SegmentSurvey, _ preflight: SegmentTarget?) throws -> ClassifiedRows {
        let start = dependencies.stopwatch()
        var drafts = try DraftSet(
            survey, try KnownRefusals(of: survey.known, in: dependencies.ledger), limit: activation.breakdown.maxSegments,
            isRefresh: options.refresh != nil, ledger: dependencies.ledger, target: preflight.map(settler(survey).reconciled),
            // An observer wants to know each row's end when it is read.
            spilling: dependencies.observer == nil ? dependencies.spilling : nil)
        let ledgerSeconds = dependencies.stopwatch() - start
        if options.refresh != nil || survey.mayAddMembersAgain || activation.consent != nil { dependencies.keeper?.noteStaying() }
        var reader = RowReader(
            activation: activation, source: source, dependencies: dependencies, clock: clock)
        var read = try reader.read(into: &drafts)
        read.phases.ledger = ledgerSeconds
        return ClassifiedRows(drafts: drafts, read: read)
    }

    // MARK: Settled: every segment has a name, an action, and its turn

    private struct SettledSegments: ~Copyable {
        var drafts: DraftSet
        /// Indexes of `drafts`, in the order in which they are applied.
        let order: [Int]
        var read: RowsRead
        /// How many rows are asked again without a sign of being contacts now.
        let askedInVain: Int
        /// How many rows that Mailchimp refused before are asked again.
        let refusedAgain: Int
    }

    private func settle(
        _ classified: consuming ClassifiedRows, _ survey: SegmentSurvey, _ preflight: SegmentTarget?
    ) async throws -> SettledSegments {
        let order = try await settler(survey).settle(&classified.drafts, single: preflight)
        let waiting = WaitingContacts(
            client: client, audience: survey.key.audience, policy: activation.askAgain, asksEverybody: options.reconciles,
            now: clock.startedAt)
        let asked = try await waiting.askAgain(&classified.drafts)
        classified.read.buckets.move(classified.drafts.becameMembers + asked.rows, from: \.notAContact, to: \.inSegment)
        classified.read.buckets.move(classified.drafts.refusedRows(), from: \.notAContact, to: \.rejected)
        let turns = RefusedTurns(
            now: clock.startedAt, asksEverybody: options.reconciles, changed: asked.changed,
            lookBack: Int64(activation.askAgain.lookBack))
        let refusedAgain = turns.ask(&classified.drafts)
        classified.read.buckets.move(refusedAgain, from: \.rejected, to: \.inSegment)
        dependencies.keeper?.didKnow(classified.drafts.refusals.words)
        return SettledSegments(
            drafts: classified.drafts, order: order, read: classified.read, askedInVain: asked.inVain, refusedAgain: refusedAgain)
    }

    private func settler(_ survey: SegmentSurvey) -> SegmentSettler {
        SegmentSettler(activation: activation, options: options, client: client, dependencies: dependencies, survey: survey)
    }

    // MARK: Planned: additions, removals, and warnings, as data

    /// `there` are the audience's segments of every type, as far as a run had to ask for them.
    private func plan(_ settled: consuming SettledSegments, _ survey: SegmentSurvey, _ there: [Segment]) throws -> Plan {
        let start = dependencies.stopwatch()
        var memory = RefreshMemory(ledger: dependencies.ledger, activation: activation.name)
        let refusals = settled.drafts.refusals.counts
        let segments = try settled.order.compactMap { try settled.drafts.finish($0, &memory) }
        let together = settled.drafts.together(wanted: settled.read.buckets.inSegment)
        settled.read.phases.ledger += dependencies.stopwatch() - start
        dependencies.progress(.planned(settled.read.phases))
        // Seen by runs that were killed before they could say it.
        let untold = try dependencies.ledger.untold(of: activation.name)
        var plan = Plan(
            run: run, activation: activation.name, kind: options.kind, createdAt: clock.startedAt, fingerprint: options.fingerprint,
            segments: segments, rows: settled.read.rows, buckets: settled.read.buckets,
            warnings: untold.filter { !survey.drift.notices.contains($0) } + survey.drift.notices
                + [survey.leftBehind?.warning].compactMap(\.self) + segments.compactMap { $0.namesake(among: there) }
                + settled.read.warnings
                + (dependencies.hooks?.planWarnings ?? []) + segments.compactMap(\.vanishing),
            together: together)
        if settled.askedInVain > 0 { plan.askedAgain = settled.askedInVain }
        if settled.refusedAgain > 0 { plan.refusedAgain = settled.refusedAgain }
        if !refusals.isEmpty { plan.refusals = refusals }
        (plan.primaryKey, plan.limit) = (settled.read.primaryKey, settled.read.limit)
        plan.pushDown = settled.read.pushDown
        if !activation.model.expectations.isEmpty { plan.expectations = settled.read.expectations }
        // What a forgotten activation of that name read says nothing of this one.
        let last = try dependencies.ledger.history(of: activation.name, limit: 50).prefix { $0.kind != .forget }
            .first { $0.hasReadAndApplied }
        plan.rowsBefore = last?.rows
        plan.listsBefore = last?.lists
        plan.lists = options.lists.isEmpty ? nil : options.lists
        return plan
    }
}

extension RunReport {
    /// Whether its plan was applied, or nothing had changed since one was, and it knows how many rows the source had.
    fileprivate var hasReadAndApplied: Bool {
        (outcome == .done || outcome == .unchanged || outcome == .partial) && (kind == .run || kind == .refresh || kind == .apply)
    }
}

import HooklineCore
import Mailchimp

/// Follows one user through what a run would do. Writes nothing.
package struct Explainer: Sendable {
    private let runner: Runner
    private let recorder: RowRecorder
    private let address: String
    private let hash: SubscriberHash

    /// The most runs in the history.
    private static let historyLimit = 50

    /// The address may be in any case. The hooks must have been loaded so that they return mappings and locations.
    package init(
        address: String, activation: Activation, options: RunOptions, client: MailchimpClient, dependencies: RunDependencies,
        hooks: (any HookHost)?
    ) {
        self.address = EmailAddress.normalized(address)
        hash = SubscriberHash(of: self.address)
        recorder = RowRecorder(.user(address: self.address, rules: activation.rules, consent: activation.consent))
        var dependencies = dependencies
        dependencies.hooks = hooks
        dependencies.observer = recorder
        runner = Runner(activation: activation, options: options, client: client, dependencies: dependencies)
    }

    /// Explains the user.
    ///
    /// - Throws: what a plan throws, except for what would stop the run, such as a taken name: that is in `stop`.
    package func explain() async throws -> Explanation {
        var explanation = Explanation(
            activation: runner.activation.name, address: address, source: runner.activation.source.name, rowsRead: 0)
        var plan: Plan?
        do {
            let made = try await runner.plan()
            plan = made.plan
            explanation.stop = made.stop
            explanation.rowsRead = made.plan.rows
            explanation.wasRead = true
            explanation.rowsLeftOut = made.plan.buckets.badValue
        } catch let error as EngineError where error.isStop {
            explanation.stop = RunFailure(error)
        } catch let error as ExpectationUnmet {
            explanation.stop = RunFailure(error)
        }
        explanation.rows = rows()
        explanation.wasRead = explanation.wasRead || !explanation.rows.isEmpty
        explanation.moreRows = recorder.moreRows
        let audience = runner.activation.destination.audience
        var contact: Contact?
        for hash in SubscriberHash.atMailchimp(address) where contact == nil {
            contact = try await runner.client.contact(audience: audience, hash: hash.description)
        }
        explanation.contact = contact?.status.rawValue
        let known = try await ownSegments()
        explanation.segments = try segments(known, plan, contact)
        explanation.history = try history(known)
        return explanation
    }

    // MARK: Rows

    private func rows() -> [Explanation.Row] {
        recorder.entries(log: runner.dependencies.hooks?.log ?? []).map { entry in
            let fate = entry.fate
            return Explanation.Row(
                row: fate.row, key: fate.key, verdict: fate.verdict, reason: fate.reason, rules: entry.trace,
                consent: entry.consent,
                hooks: fate.locations.map { hook($0, fate) }, failure: fate.failure, address: fate.address, labels: fate.labels,
                log: fate.log)
        }
    }

    private func hook(_ location: HookLocation, _ fate: RowFate) -> Explanation.Hook {
        let returned: String
        switch location.hook {
        case "map":
            let fields = MappedFields(json: fate.mapping ?? fate.mappingBeforeDrop).sorted.map { "\($0.name) = \($0.value)" }
            returned = fields.isEmpty ? "nil: the user as it is" : fields.joined(separator: ", ")
        case "filter":
            let hasDropped = fate.verdict == .dropped && location == fate.locations.last
            returned = hasDropped ? "false: \(fate.reason ?? "")" : "true"
        default: returned = fate.labels.isEmpty ? "nil: the segment itself" : fate.labels.joined(separator: ", ")
        }
        return Explanation.Hook(hook: location.hook, file: location.file, line: location.line, returned: returned)
    }

    // MARK: Segments

    /// The activation's segments in this account and audience that are in the ledger.
    private func ownSegments() async throws -> [LedgerSegment] {
        try runner.dependencies.ledger.segments(of: runner.activation, at: try await runner.client.resolveEndpoint())
    }

    private func segments(_ known: [LedgerSegment], _ plan: Plan?, _ contact: Contact?) throws -> [Explanation.Segment] {
        var found: [Explanation.Segment] = []
        for part in plan?.segments ?? [] {
            let segment = known.first { $0.key == part.key }
            found.append(try self.segment(part.key.label, part.name, segment, contact, next: try next(part, segment)))
        }
        for segment in known where plan?.segments.contains(where: { $0.key == segment.key }) != true {
            found.append(try self.segment(segment.key.label, segment.name, segment, contact, next: "nothing"))
        }
        // With a breakdown, only segments that have to do with the user are of interest.
        let concerned = found.filter { $0.label == nil || $0.ledger != nil || $0.next != "nothing" || $0.atMailchimp == true }
        return found.count > 1 ? concerned : found
    }

    private func segment(
        _ label: String?, _ name: String, _ known: LedgerSegment?, _ contact: Contact?, next: String
    ) throws -> Explanation.Segment {
        let entry = try known.flatMap { try runner.dependencies.ledger.entry(of: hash, in: $0) }
        let id = known?.mailchimpID
        // A refresh that added the user again rewrote the entry; they became a member earlier.
        let entered = try known.flatMap { try runner.dependencies.ledger.changes(of: hash, in: $0) }?.first { $0.change.kind == .added }
        let run = entry?.state == .member ? entered?.run ?? entry?.run : entry?.run
        return Explanation.Segment(
            label: label, name: name, id: id, ledger: entry?.state.words, words: entry?.reason,
            refusal: try refusal(in: known).map(RefusalFacts.init), run: run, since: try run.flatMap { try startOf($0) },
            atMailchimp: id.map { id in contact?.tags.contains { $0.id == id } ?? false }, next: next)
    }

    private func refusal(in known: LedgerSegment?) throws -> Refusal? {
        guard let known else { return nil }
        return try runner.dependencies.ledger.refusals(in: known).first { $0.hash == hash }
    }

    /// When a run began; nil if it is still going on.
    private func startOf(_ run: String) throws -> Int64? { try? runner.dependencies.ledger.run(run)?.startedAt }

    private func next(_ part: SegmentPlan, _ known: LedgerSegment?) throws -> String {
        if try part.adds.contains(hash) { return "add" }
        if try part.removes.contains(hash) { return "remove" }
        let state = try known.flatMap { try runner.dependencies.ledger.entry(of: hash, in: $0) }?.state
        guard let state else { return "nothing" }
        if part.forgotten.contains(hash) { return "nothing" }
        if try refusal(in: known) != nil { return "refused" }
        if state.isPossiblyMember { return part.action.isDeletion || part.action.startsFromScratch ? "remove" : "keep" }
        return "wait"
    }

    // MARK: History

    private func history(_ known: [LedgerSegment]) throws -> [Explanation.Event] {
        var events: [Explanation.Event] = []
        for segment in known {
            for (run, change) in try runner.dependencies.ledger.changes(of: hash, in: segment) {
                events.append(
                    Explanation.Event(run: run, startedAt: try startOf(run), segment: segment.name, did: change.kind.words))
            }
        }
        return Array(events.sorted { ($0.startedAt ?? .max, $0.run) > ($1.startedAt ?? .max, $1.run) }.prefix(Self.historyLimit))
    }
}

extension MemberState {
    /// The state in words.
    fileprivate var words: String {
        switch self {
        case .member: "member"
        case .adding: "adding"
        case .removing: "removing"
        case .notAContact: "not a contact"
        case .rejected: "rejected"
        }
    }
}

extension LedgerChange.Kind {
    /// The state in words.
    fileprivate var words: String {
        switch self {
        case .stayed: "taken out and put back"
        case .added: "added"
        case .removed: "removed"
        case .notAContact: "not a contact"
        case .rejected: "rejected by Mailchimp"
        }
    }
}

import HooklineCore

/// The addresses that Mailchimp has refused in any segment of an activation: what cannot be added to one segment cannot be to the others.
struct KnownRefusals: Sendable {
    private(set) var bySegment: [Int64: [Refusal]] = [:]
    /// For an address that is refused in several segments, the refusal whose turn comes last; it fails calls if any of them does.
    private var additions: [SubscriberHash: Refusal] = [:]
    private var removals: [SubscriberHash: Refusal] = [:]

    /// None.
    init() {}

    /// Those of the segments.
    ///
    /// - Throws: the ledger's errors.
    init(of segments: [LedgerSegment], in ledger: any Ledger) throws {
        for segment in segments {
            let refusals = try ledger.refusals(in: segment)
            if !refusals.isEmpty { bySegment[segment.id] = refusals }
            for refusal in refusals {
                let other = self[refusal.hash, refusal.act]
                var last = other.map { $0.nextAttempt > refusal.nextAttempt ? $0 : refusal } ?? refusal
                last.failsCalls = refusal.failsCalls || other?.failsCalls == true
                if refusal.act == .add { additions[refusal.hash] = last } else { removals[refusal.hash] = last }
            }
        }
    }

    var isEmpty: Bool { additions.isEmpty && removals.isEmpty }

    /// Those of some addresses.
    func filtered(_ isIncluded: (SubscriberHash) -> Bool) -> KnownRefusals {
        if isEmpty { return self }
        var some = KnownRefusals()
        some.bySegment = bySegment.mapValues { $0.filter { isIncluded($0.hash) } }
        some.additions = additions.filter { isIncluded($0.key) }
        some.removals = removals.filter { isIncluded($0.key) }
        return some
    }

    /// What is known of an address.
    subscript(hash: SubscriberHash, act: Refusal.Act) -> Refusal? { act == .add ? additions[hash] : removals[hash] }

    /// Whether Mailchimp refuses to add an address.
    func refusesToAdd(_ hash: SubscriberHash) -> Bool { !additions.isEmpty && additions[hash] != nil }

    /// Mailchimp's words for those that it refuses to add.
    var words: [SubscriberHash: String] { additions.mapValues(\.reason) }

    /// Whether it makes a whole call fail.
    func failsCalls(_ hash: SubscriberHash) -> Bool { additions[hash]?.failsCalls == true || removals[hash]?.failsCalls == true }

    /// Those of one segment that Mailchimp refuses to add, or to remove.
    func hashes(_ act: Refusal.Act, in segment: LedgerSegment?) -> Set<SubscriberHash> {
        guard let segment, let refusals = bySegment[segment.id] else { return [] }
        return Set(refusals.lazy.filter { $0.act == act }.map(\.hash))
    }

    /// Counted, for a report.
    var counts: [RefusalCount] { RefusalCount.counts(bySegment.sorted { $0.key < $1.key }.flatMap(\.value)) }
}

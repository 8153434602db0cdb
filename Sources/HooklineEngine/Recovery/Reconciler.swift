import HooklineCore
import Mailchimp

/// Decides whether to read a segment's members at Mailchimp, and compares them with the ledger's.
struct Reconciler {
    let driftPolicy: DriftPolicy
    /// Whether a person asked for it.
    let isAsked: Bool
    let client: MailchimpClient
    let ledger: any Ledger
    /// Unix seconds.
    let now: Int64

    /// How many seconds counts and pages may lag behind a change (Mailchimp's help pages and planningcenter/developers#247 speak of
    /// minutes, and of an hour). Until then, a count proves nothing.
    static let settlingTime: Int64 = 3_600

    /// Why the members are read.
    enum Reason: Equatable {
        case asked, due
        /// Mailchimp counts as many members as the ledger has not had for as long as counts may lag.
        case suspicion
    }

    /// Why to read the members; nil if there is no reason.
    ///
    /// - Throws: the ledger's errors.
    func reason(_ known: LedgerSegment, _ remote: RemoteSegment) throws -> Reason? {
        if isAsked { return .asked }
        let elapsed = now - (known.reconciledAt ?? known.phaseSince)
        // A time in the future comes from a clock that was wrong.
        if elapsed >= Int64(driftPolicy.reconcileEvery) || elapsed < -Self.settlingTime { return .due }
        return try explains(known, remote) == false ? .suspicion : nil
    }

    /// Whether the ledger explains Mailchimp's count, which is that of some moment within the settling time: it had as many members then, apart
    /// from the drift that is known. Nil if it does not know how many it had.
    private func explains(_ known: LedgerSegment, _ remote: RemoteSegment) throws -> Bool? {
        let oldest = now - Self.settlingTime
        guard known.hasOnlyReceipts(after: oldest), let range = try ledger.members(of: known, after: oldest) else { return nil }
        // Calls without an answer may have changed the segment, or not.
        return (range.lowerBound - known.removing...range.upperBound + known.adding).contains(remote.count + (known.knownDrift ?? 0))
    }

    /// Reads the members at Mailchimp and compares them with the ledger's.
    ///
    /// - Throws: the errors of both.
    func reconcile(_ known: LedgerSegment, _ remote: RemoteSegment) async throws -> Reconciliation {
        let all = try await client.memberList(audience: known.key.audience, segment: remote.id, expecting: remote.count)
        let there = HashTable(of: all.hashes)
        var ours = HashTable(capacity: known.members)
        // Whose removal was refused stays a member of the ledger, until it is seen not to be one.
        let refused = try KnownRefusals(of: [known], in: ledger).hashes(.remove, in: known)
        var (lost, released): ([SubscriberHash], [SubscriberHash]) = ([], [])
        try ledger.forEachMember(of: known) { hash, state in
            guard state.isPossiblyMember else { return }
            ours.set(1, for: hash)
            // Whose call got no answer is our own unfinished work, which nobody else took out.
            if there.mark(of: hash) != 0 { return }
            if refused.contains(hash) { released.append(hash) } else if state == .member { lost.append(hash) }
        }
        var strangers = AddressList()
        for index in 0..<all.count where ours.mark(of: all.hashes[index]) == 0 { strangers.append(all, at: index) }
        let mends = driftPolicy.onDrift == .mend
        // A count that fits, or that nobody can judge, teaches nothing: it may be an old one.
        let drift =
            try explains(known, remote) == false
            ? (mends ? all.count : known.members - released.count) - remote.count : known.knownDrift ?? 0
        var found = Reconciliation(lost: lost, strangers: strangers.inHashOrder(), drift: drift, mends: mends, read: all.count)
        if !released.isEmpty { found.released = released }
        return found
    }
}

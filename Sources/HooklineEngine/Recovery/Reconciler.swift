import HooklineCore
import Mailchimp

/// Decides whether a segment's members are to be read at Mailchimp, and holds them against the ledger's.
struct Reconciler {
    let driftPolicy: DriftPolicy
    /// Whether somebody asked for it.
    let isAsked: Bool
    let client: MailchimpClient
    let ledger: any Ledger
    /// Unix seconds.
    let now: Int64

    /// Counts and pages may lag behind a change for so many seconds (Mailchimp's help pages and planningcenter/developers#247 speak of
    /// minutes, and of an hour), so a fresh count proves nothing.
    static let settlingTime: Int64 = 3_600

    /// Why the members are to be read.
    enum Reason: Equatable {
        case asked, due
        /// The ledger has so many members more than Mailchimp counts; less than nothing: fewer.
        case suspicion(Int)
    }

    /// Nil when there is no reason to read them.
    func reason(_ known: LedgerSegment, _ remote: RemoteSegment) -> Reason? {
        if isAsked { return .asked }
        if let interval = driftPolicy.reconcileEvery, now - (known.reconciledAt ?? known.phaseSince) >= Int64(interval) { return .due }
        let drift = known.members - remote.count
        guard drift != known.knownDrift ?? 0, now - (known.changedAt ?? 0) >= Self.settlingTime else { return nil }
        return .suspicion(drift)
    }

    /// What the members at Mailchimp are beside those of the ledger.
    func reconcile(_ known: LedgerSegment, _ remote: RemoteSegment) async throws -> Reconciliation {
        let all = try await client.memberList(audience: known.key.audience, segment: remote.id, expecting: remote.count)
        var there = HashTable(capacity: all.count)
        for hash in all.hashes { there.set(1, for: hash) }
        var ours = HashTable(capacity: known.members)
        var lost: [SubscriberHash] = []
        try ledger.forEachMember(of: known) { hash, state in
            guard state.isPossiblyMember else { return }
            ours.set(1, for: hash)
            if there.mark(of: hash) == 0 { lost.append(hash) }
        }
        var strangers = AddressList()
        for index in 0..<all.count where ours.mark(of: all.hashes[index]) == 0 { strangers.append(all, at: index) }
        let mends = driftPolicy.onDrift == .mend
        return Reconciliation(
            lost: lost, strangers: strangers.inHashOrder(), drift: (mends ? all.count : known.members) - remote.count, mends: mends)
    }
}

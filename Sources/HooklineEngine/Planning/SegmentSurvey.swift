import HooklineCore
import Mailchimp

/// The activation's segments in one audience before a run, in the ledger and at Mailchimp.
struct SegmentSurvey {
    /// The key of the segment itself.
    let key: SegmentKey
    /// The segments in the ledger.
    let known: [LedgerSegment]
    /// The audience's static segments, requested when needed.
    let listing: SegmentListing
    /// What Mailchimp shows of the segments in the ledger.
    let snapshot: RemoteSegmentSnapshot
    let drift: DriftFindings
    /// When Mailchimp was asked, in Unix seconds.
    let lookedAt: Int64
    /// The activation's segments that no run reaches anymore; nil if there are none.
    let leftBehind: LeftBehind?
    /// Whether a hook may give rows labels.
    let hasBreakdown: Bool

    /// Whether there are no labels, neither from a hook nor from earlier runs.
    var isSingle: Bool { !hasBreakdown && known.allSatisfy { $0.key.label == nil } }

    /// Whether members of the ledger may be added again: their segment is gone, is being refreshed, or has lost them.
    var mayAddMembersAgain: Bool {
        !drift.reconciliations.isEmpty || known.contains { snapshot.isGone($0) || $0.phase == .deleting || $0.phase == .resetting }
    }

    /// How many members Mailchimp showed of a target's segment; nil if it was not asked.
    func seen(_ target: SegmentTarget) -> SeenMembers? {
        if let adopted = target.adopted { return SeenMembers(adopted.count, at: lookedAt, by: .read) }
        // Found by its name, and empty.
        if case .found = target.action { return SeenMembers(0, at: lookedAt, by: .read) }
        if let read = target.known.flatMap({ drift.reconciliations[$0.id]?.read }) { return SeenMembers(read, at: lookedAt, by: .read) }
        return snapshot[target.known].map { SeenMembers($0.count, at: lookedAt, by: .count) }
    }

    /// A segment in the ledger; nil if it is new.
    func segment(_ key: SegmentKey) -> LedgerSegment? { known.first { $0.key == key } }
}

extension SegmentKey {
    /// The key of the same activation's segment for another label.
    func with(label: String?) -> SegmentKey {
        SegmentKey(endpoint: endpoint, audience: audience, activation: activation, label: label)
    }
}

import HooklineCore
import Mailchimp

/// What there is before a run: the activation's segments in one audience, by the ledger and at Mailchimp.
struct SegmentSurvey {
    /// Of the segment itself.
    let key: SegmentKey
    /// What the ledger knows.
    let known: [LedgerSegment]
    /// The audience's static segments, asked for when they are needed.
    let listing: SegmentListing
    /// What Mailchimp shows of the known ones.
    let snapshot: RemoteSegmentSnapshot
    let drift: DriftFindings
    /// Whether a hook may give rows labels.
    let hasBreakdown: Bool

    /// Whether no labels come into it: neither from a hook nor from earlier runs.
    var isSingle: Bool { !hasBreakdown && known.allSatisfy { $0.key.label == nil } }

    /// What the ledger knows of a segment.
    func segment(_ key: SegmentKey) -> LedgerSegment? { known.first { $0.key == key } }
}

extension SegmentKey {
    /// The key of a label's segment beside this one.
    func with(label: String?) -> SegmentKey {
        SegmentKey(endpoint: endpoint, audience: audience, activation: activation, label: label)
    }
}

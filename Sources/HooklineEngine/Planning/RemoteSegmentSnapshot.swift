import HooklineCore

/// A segment of ours as it is at Mailchimp at this moment.
struct RemoteSegment: Sendable {
    let id: Int
    let name: String
    /// Members of every status but archived, by Mailchimp's count, which may lag behind.
    let count: Int
}

/// What was seen at Mailchimp of an activation's segments, at one moment.
struct RemoteSegmentSnapshot: Sendable {
    private var byID: [Int: RemoteSegment] = [:]
    /// Ids of segments that are not there any more.
    private(set) var gone: Set<Int> = []

    init() {}

    init(_ there: [RemoteSegment], gone: Set<Int>) {
        for remote in there { byID[remote.id] = remote }
        self.gone = gone
    }

    /// The segment as it is; nil for one that is gone, or that nobody looked at.
    subscript(known: LedgerSegment?) -> RemoteSegment? { known?.mailchimpID.flatMap { byID[$0] } }

    /// Whether the segment was there and is not any more.
    func isGone(_ known: LedgerSegment?) -> Bool { known?.mailchimpID.map { gone.contains($0) } ?? false }
}

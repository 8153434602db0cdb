import HooklineCore

/// One of our segments, as Mailchimp shows it at this moment.
struct RemoteSegment: Sendable {
    let id: Int
    let name: String
    /// Mailchimp's count of members of every status but archived, which may lag.
    let count: Int
}

/// An activation's segments, as Mailchimp showed them at one moment.
struct RemoteSegmentSnapshot: Sendable {
    private var byID: [Int: RemoteSegment] = [:]
    /// IDs of segments that no longer exist.
    private(set) var gone: Set<Int> = []

    init() {}

    init(_ there: [RemoteSegment], gone: Set<Int>) {
        for remote in there { byID[remote.id] = remote }
        self.gone = gone
    }

    /// The segment as it is; nil if it is gone or was not looked at.
    subscript(known: LedgerSegment?) -> RemoteSegment? { known?.mailchimpID.flatMap { byID[$0] } }

    /// Whether the segment existed and no longer does.
    func isGone(_ known: LedgerSegment?) -> Bool { known?.mailchimpID.map { gone.contains($0) } ?? false }
}

import HooklineCore
import Mailchimp

/// Looks at the activation's segments at Mailchimp before anything is planned: one call for one segment, one per thousand segments of
/// the audience for several.
struct RemoteSegmentReader {
    let client: MailchimpClient
    let audience: String
    let listing: SegmentListing

    /// What Mailchimp shows of the segments that exist according to the ledger.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience` and Mailchimp's errors.
    func look(at known: [LedgerSegment]) async throws -> RemoteSegmentSnapshot {
        // The name of a segment that is about to be deleted does not matter; one that is about to be emptied keeps its name.
        let ids = known.filter { $0.phase == .live || $0.phase == .resetting }.compactMap(\.mailchimpID)
        if ids.isEmpty { return RemoteSegmentSnapshot() }
        if ids.count == 1 {
            if let segment = try await client.segment(audience: audience, id: ids[0]) {
                return RemoteSegmentSnapshot([RemoteSegment(segment)], gone: [])
            }
        }
        // Either the segment is gone or the whole audience; the listing tells which.
        let there = try await listing.all().filter { ids.contains($0.id) }.map(RemoteSegment.init)
        return RemoteSegmentSnapshot(there, gone: Set(ids).subtracting(there.map(\.id)))
    }
}

extension RemoteSegment {
    fileprivate init(_ segment: Segment) {
        self.init(id: segment.id, name: segment.name, count: segment.memberCount)
    }
}

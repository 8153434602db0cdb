import HooklineCore
import Mailchimp

/// Looks at the activation's segments before anything is planned: one call for one segment, one for each thousand of the audience
/// for several.
struct RemoteSegmentReader {
    let client: MailchimpClient
    let audience: String
    let listing: SegmentListing

    /// What is there of those that the ledger takes to be there, by id.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience`, and Mailchimp's errors.
    func look(at known: [LedgerSegment]) async throws -> RemoteSegmentSnapshot {
        // One that is about to be deleted is deleted whatever it is called by now; one that is about to be emptied keeps its name.
        let ids = known.filter { $0.phase == .live || $0.phase == .resetting }.compactMap(\.mailchimpID)
        if ids.isEmpty { return RemoteSegmentSnapshot() }
        if ids.count == 1 {
            if let segment = try await client.segment(audience: audience, id: ids[0]) {
                return RemoteSegmentSnapshot([RemoteSegment(segment)], gone: [])
            }
        }
        // One that is not found may be gone, or its whole audience: the listing tells.
        let there = try await listing.all().filter { ids.contains($0.id) }.map(RemoteSegment.init)
        return RemoteSegmentSnapshot(there, gone: Set(ids).subtracting(there.map(\.id)))
    }
}

extension RemoteSegment {
    fileprivate init(_ segment: Segment) {
        self.init(id: segment.id, name: segment.name, count: segment.memberCount)
    }
}

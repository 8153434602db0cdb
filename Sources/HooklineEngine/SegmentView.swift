import HooklineCore
import Mailchimp

/// A segment of ours as it is at Mailchimp at this moment.
struct SegmentView: Sendable {
    let id: Int
    let name: String
    /// Members of every status but archived, by Mailchimp's count, which may lag behind.
    let count: Int
}

/// Looks at the activation's segments before anything is planned: one call for one segment, one for each thousand of the audience
/// for several.
struct SegmentLookout {
    let client: MailchimpClient
    let audience: String
    let listing: SegmentListing

    /// What is there of those that the ledger takes to be there, by id.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience`, and Mailchimp's errors.
    func look(at known: [LedgerSegment]) async throws -> Views {
        // One that is about to be deleted is deleted whatever it is called by now; one that is about to be emptied keeps its name.
        let ids = known.filter { $0.phase == .live || $0.phase == .resetting }.compactMap(\.mailchimpID)
        if ids.isEmpty { return Views() }
        if ids.count == 1 {
            if let segment = try await client.segment(audience: audience, id: ids[0]) { return Views([SegmentView(segment)], gone: []) }
        }
        // One that is not found may be gone, or its whole audience: the listing tells.
        let there = try await listing.all().filter { ids.contains($0.id) }.map(SegmentView.init)
        return Views(there, gone: Set(ids).subtracting(there.map(\.id)))
    }

    /// What was seen.
    struct Views: Sendable {
        private var views: [Int: SegmentView] = [:]
        /// Ids of segments that are not there any more.
        private(set) var gone: Set<Int> = []

        init() {}

        init(_ there: [SegmentView], gone: Set<Int>) {
            for view in there { views[view.id] = view }
            self.gone = gone
        }

        /// The segment as it is; nil for one that is gone, or that nobody looked at.
        subscript(known: LedgerSegment?) -> SegmentView? { known?.mailchimpID.flatMap { views[$0] } }

        /// Whether the segment was there and is not any more.
        func isGone(_ known: LedgerSegment?) -> Bool { known?.mailchimpID.map { gone.contains($0) } ?? false }
    }
}

extension SegmentView {
    fileprivate init(_ segment: Segment) {
        self.init(id: segment.id, name: segment.name, count: segment.memberCount)
    }
}

import HooklineCore
import Mailchimp

/// What becomes at Mailchimp of a segment that the ledger forgets.
package enum SegmentDisposal: String, Encodable, Sendable {
    /// It is deleted, with its ID; campaigns that refer to it lose it.
    case delete
    /// It is emptied, and keeps its ID.
    case empty
}

/// Deletes or empties segments of an activation that nothing follows anymore, before the ledger forgets them.
package struct SegmentDisposer: Sendable {
    private let client: MailchimpClient
    private let ledger: any Ledger

    package init(client: MailchimpClient, ledger: any Ledger) {
        self.client = client
        self.ledger = ledger
    }

    /// Disposes of a segment at Mailchimp. One that is gone already counts as done. If the process is killed in between, doing it again
    /// finishes it.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience` if the account does not have the segment's audience, so that its answer would say nothing;
    ///   the errors of Mailchimp and the ledger.
    package func dispose(of segment: LedgerSegment, _ way: SegmentDisposal, now: Int64) async throws {
        guard let id = segment.mailchimpID else { return }
        let audience = segment.key.audience
        do { _ = try await client.audience(audience) } catch let error as MailchimpError where error.code == .notFound {
            throw await EngineError.noSuchAudience(audience, client)
        }
        try ledger.willClear(segment, phase: way == .delete ? .deleting : .resetting, now: now)
        switch way {
        case .delete: try await client.deleteSegment(audience: audience, id: id)
        case .empty:
            do { try await client.resetSegment(audience: audience, id: id) } catch let error as MailchimpError
                where error.code == .notFound
            {
                return
            }
        }
    }
}

/// What came of holding a segment's members at Mailchimp against the ledger's.
package struct Reconciliation: Codable, Equatable, Sendable {
    /// Members by the ledger that are not in the segment.
    package var lost: [SubscriberHash]
    /// Members of the segment that the ledger does not know as such: put in by others.
    package var strangers: AddressList
    /// By how much Mailchimp's count is smaller than what the ledger has afterwards: the same again is no news.
    package var drift: Int
    /// Whether the ledger takes over what was found; otherwise it is only told.
    package var mends: Bool

    package init(lost: [SubscriberHash], strangers: AddressList, drift: Int, mends: Bool) {
        self.lost = lost
        self.strangers = strangers
        self.drift = drift
        self.mends = mends
    }
}

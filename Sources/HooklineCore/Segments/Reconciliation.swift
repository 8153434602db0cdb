/// The result of comparing a segment's members at Mailchimp with the ledger's.
package struct Reconciliation: Codable, Equatable, Sendable {
    /// Members of the ledger that are not in the segment; without those whose call got no answer.
    package var lost: [SubscriberHash]
    /// Members of the segment that the ledger does not have: others added them.
    package var strangers: AddressList
    /// Members of the ledger whose removal was refused, and who are not in the segment; nil for none.
    package var released: [SubscriberHash]?
    /// By how much Mailchimp's count is smaller than the ledger's afterwards. The same difference needs no new comparison.
    package var drift: Int
    /// How many members were read; nil in plans from before Hookline recorded it.
    package var read: Int?
    /// Whether the ledger takes the differences over; otherwise the run only warns.
    package var mends: Bool

    package init(lost: [SubscriberHash], strangers: AddressList, drift: Int, mends: Bool, read: Int? = nil) {
        self.lost = lost
        self.strangers = strangers
        self.drift = drift
        self.mends = mends
        self.read = read
    }
}

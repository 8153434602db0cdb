/// Two activations, or two labels of one, cannot follow the same segment of Mailchimp: each would undo the other's changes.
///
/// A ledger throws it from the transaction that would give the segment a second owner; nothing has changed then.
package struct SegmentTaken: Error, Equatable {
    /// Mailchimp's ID of the segment.
    package let mailchimpID: Int
    /// Whom the segment follows.
    package let owner: SegmentKey

    package init(_ mailchimpID: Int, by owner: SegmentKey) {
        self.mailchimpID = mailchimpID
        self.owner = owner
    }
}

/// What the ledger believes of one address and one segment.
package enum MemberState: UInt8, CaseIterable, Codable, Sendable {
    /// Mailchimp confirmed that the contact is in the segment.
    case member = 1
    /// A call that adds the contact was about to be sent; its answer is not known.
    case adding = 2
    /// A call that removes the contact was about to be sent; its answer is not known.
    case removing = 3
    /// Mailchimp ignored the address: it belongs to no contact of the audience.
    case notAContact = 4
    /// Mailchimp refused the address, with words of its own.
    case rejected = 5
}

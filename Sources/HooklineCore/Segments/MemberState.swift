/// The state of an address in a segment, according to the ledger.
package enum MemberState: UInt8, CaseIterable, Codable, Sendable {
    /// In the segment, as Mailchimp confirmed.
    case member = 1
    /// About to be added; the answer is unknown.
    case adding = 2
    /// About to be removed; the answer is unknown.
    case removing = 3
    /// Ignored by Mailchimp, as the address is not a contact of the audience.
    case notAContact = 4
    /// Rejected by Mailchimp, with a reason.
    case rejected = 5

    /// Whether the contact was in the segment when Mailchimp last said so.
    package var isMember: Bool { self == .member || self == .removing }
}

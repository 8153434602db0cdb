/// What the answer to one call means for the addresses in it.
package struct Receipt: Equatable, Sendable {
    /// In the segment now.
    package var members: AddressList
    /// Out of the segment now.
    package var gone: [SubscriberHash]
    /// Not contacts of the audience.
    package var notContacts: AddressList
    /// Additions that Mailchimp rejected, with its reasons.
    package var rejected: [(hash: SubscriberHash, address: String, reason: String)]
    /// Removals that Mailchimp rejected, with its reasons. They may be in the segment still.
    package var unremovable: [(hash: SubscriberHash, address: String, reason: String)] = []
    /// Whether it is about a single address that makes a whole call fail.
    package var isOfCulprit = false

    package init(
        members: AddressList = AddressList(), gone: [SubscriberHash] = [], notContacts: AddressList = AddressList(),
        rejected: [(hash: SubscriberHash, address: String, reason: String)] = []
    ) {
        self.members = members
        self.gone = gone
        self.notContacts = notContacts
        self.rejected = rejected
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.isOfCulprit == right.isOfCulprit && left.members == right.members && left.gone == right.gone
            && left.notContacts == right.notContacts
            && left.rejected.elementsEqual(right.rejected) { $0 == $1 }
            && left.unremovable.elementsEqual(right.unremovable) { $0 == $1 }
    }
}

/// What a membership call did, address by address, in Mailchimp's spelling of them.
///
/// `total_added`, `total_removed` and `error_count` are left out on purpose: Mailchimp has answered with zeros for work it did.
package struct MembershipChange: Sendable, Equatable {
    /// An address that Mailchimp would not take, and why.
    package struct Rejection: Sendable, Equatable {
        /// The address, as Mailchimp returned it.
        package let address: String
        /// Mailchimp's sentence, with every address taken out of it.
        package let message: String

        /// A rejection; `message` must be free of addresses.
        package init(address: String, message: String) {
            self.address = address
            self.message = message
        }
    }

    /// Contacts that are in the segment now and were not before.
    package var added: [String] = []
    /// Contacts that were in the segment and are not any more.
    package var removed: [String] = []
    /// Contacts that were to be added and were in it already: as good as added.
    package var alreadyMembers: [String] = []
    /// Contacts that were to be removed and were not in it: as good as removed.
    package var notMembers: [String] = []
    /// Addresses refused one by one, for any other reason.
    package var rejected: [Rejection] = []
    /// Complaints that name no address, scrubbed.
    package var complaints: [String] = []
    /// The halves of the batch of which not one address is on the audience. Not an error: nobody was there to be changed.
    package var unknownToAudience: Set<MemberBatch.Half> = []

    /// A change of nothing.
    package init() {}

    /// Of the addresses to add, those that are no contacts of the audience.
    ///
    /// Mailchimp skips them without a word, so they are what is left: requested − added − already in − rejected. Each stands
    /// once, as it was requested, in the order of the request.
    package func notContacts(of batch: MemberBatch) -> [String] {
        leftOver(batch.add, accountedFor: added + alreadyMembers)
    }

    /// Of the addresses to remove, those that are no contacts of the audience any more, and so in none of its segments.
    package func vanished(of batch: MemberBatch) -> [String] {
        leftOver(batch.remove, accountedFor: removed + notMembers)
    }

    /// Both changes as one.
    package func merged(with other: MembershipChange) -> MembershipChange {
        var both = self
        both.added += other.added
        both.removed += other.removed
        both.alreadyMembers += other.alreadyMembers
        both.notMembers += other.notMembers
        both.rejected += other.rejected
        both.complaints += other.complaints
        both.unknownToAudience.formUnion(other.unknownToAudience)
        return both
    }

    private func leftOver(_ requested: [String], accountedFor: [String]) -> [String] {
        var seen = Set(accountedFor.map(Address.key))
        seen.formUnion(rejected.lazy.map { Address.key($0.address) })
        return requested.filter { seen.insert(Address.key($0)).inserted }
    }
}

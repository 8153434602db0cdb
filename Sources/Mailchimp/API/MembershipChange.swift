/// What a membership call did, address by address, in Mailchimp's spelling.
///
/// It ignores `total_added`, `total_removed` and `error_count`: Mailchimp has returned zeros for work that it did.
package struct MembershipChange: Sendable, Equatable {
    /// An address that Mailchimp refused, and why.
    package struct Rejection: Sendable, Equatable {
        /// The address, as Mailchimp returned it.
        package let address: String
        /// Mailchimp's sentence, free of addresses.
        package let message: String

        package init(address: String, message: String) {
            self.address = address
            self.message = message
        }
    }

    /// Contacts that the call added.
    package var added: [String] = []
    /// Contacts that the call removed.
    package var removed: [String] = []
    /// Contacts to add who were members already; as good as added.
    package var alreadyMembers: [String] = []
    /// Contacts to remove who were not members; as good as removed.
    package var notMembers: [String] = []
    /// Addresses that Mailchimp refused one by one for any other reason.
    package var rejected: [Rejection] = []
    /// Complaints that name no address, free of addresses.
    package var complaints: [String] = []
    /// The halves of the batch that hold no contact of the audience. Not an error: there was nobody to change.
    package var unknownToAudience: Set<MemberBatch.Half> = []

    package init() {}

    /// The addresses to add that are not contacts of the audience.
    ///
    /// Mailchimp skips them silently, so they are what is left: requested − added − already members − rejected. Each appears once, as
    /// requested, in the order of the request.
    package func notContacts(of batch: MemberBatch) -> [String] {
        leftOver(batch.add, accountedFor: added, alreadyMembers)
    }

    /// The addresses to remove that are no longer contacts of the audience, and so in none of its segments.
    package func vanished(of batch: MemberBatch) -> [String] {
        leftOver(batch.remove, accountedFor: removed, notMembers)
    }

    /// Both changes combined.
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

    private func leftOver(_ requested: [String], accountedFor done: [String], _ asBefore: [String]) -> [String] {
        if Self.accountForAll(of: requested, done, asBefore) { return [] }
        var seen = Set(done.map(Address.key))
        seen.formUnion(asBefore.lazy.map(Address.key))
        seen.formUnion(rejected.lazy.map { Address.key($0.address) })
        return requested.filter { seen.insert(Address.key($0)).inserted }
    }

    /// Whether two lists, each in the order and the spelling of the request, hold all of it, as they usually do.
    private static func accountForAll(of requested: [String], _ first: [String], _ second: [String]) -> Bool {
        guard first.count + second.count == requested.count else { return false }
        var (firsts, seconds) = (first[...], second[...])
        for address in requested {
            if firsts.first == address {
                firsts.removeFirst()
            } else if seconds.first == address {
                seconds.removeFirst()
            } else {
                return false
            }
        }
        return true
    }
}

import HooklineCore
import Mailchimp

extension MailchimpClient {
    /// Every member of a segment, including unsubscribed and cleaned ones; normalized, each address once.
    ///
    /// `expected` is Mailchimp's count of them, and `isWhole` refuses a listing that holds fewer; see `segmentMembers`. Who takes members
    /// over needs them all: one that the ledger does not know would never be removed.
    ///
    /// - Throws: Mailchimp's errors.
    func memberList(audience: String, segment: Int, expecting expected: Int = 0, isWhole: Bool = false) async throws -> AddressList {
        var found = AddressList()
        var seen = HashTable()
        for address in try await segmentMembers(audience: audience, segment: segment, expecting: expected, isWhole: isWhole) {
            let normalized = Array(EmailAddress.lowercased(address).utf8)
            let hash = normalized.withUnsafeBufferPointer { SubscriberHash(normalized: $0) }
            if seen.update(hash, { _ in 1 }) == 0 { found.append(normalized, hash) }
        }
        return found
    }
}

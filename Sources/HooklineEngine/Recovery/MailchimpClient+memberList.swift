import HooklineCore
import Mailchimp

extension MailchimpClient {
    /// Every member of a segment, including unsubscribed and cleaned ones; normalized, each address once.
    ///
    /// `expected` is Mailchimp's count of them; see `segmentMembers`.
    ///
    /// - Throws: Mailchimp's errors.
    func memberList(audience: String, segment: Int, expecting expected: Int = 0) async throws -> AddressList {
        var found = AddressList()
        var seen = HashTable()
        for address in try await segmentMembers(audience: audience, segment: segment, expecting: expected) {
            let normalized = Array(EmailAddress.lowercased(address).utf8)
            let hash = normalized.withUnsafeBufferPointer { SubscriberHash(normalized: $0) }
            if seen.update(hash, { _ in 1 }) == 0 { found.append(normalized, hash) }
        }
        return found
    }
}

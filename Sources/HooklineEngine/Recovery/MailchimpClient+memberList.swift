import HooklineCore
import Mailchimp

extension MailchimpClient {
    /// Every member of a segment, unsubscribed and cleaned ones too, normalized; each once, however the two spellings of an address differ.
    ///
    /// - Parameter expected: how many Mailchimp has counted; see `segmentMembers`.
    func memberList(audience: String, segment: Int, expecting expected: Int = 0) async throws -> AddressList {
        var found = AddressList()
        var seen = HashTable()
        for address in try await segmentMembers(audience: audience, segment: segment, expecting: expected) {
            let normalized = Array(EmailAddress.normalized(address).utf8)
            let hash = normalized.withUnsafeBufferPointer { SubscriberHash(normalized: $0) }
            if seen.update(hash, { _ in 1 }) == 0 { found.append(normalized, hash) }
        }
        return found
    }
}

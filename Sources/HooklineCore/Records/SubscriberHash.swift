import Crypto
import Text

/// Mailchimp's identifier of a contact: the MD5 of the lowercased address (Marketing API, `subscriber_hash`).
///
/// An international domain counts in letters, whichever spelling a source has and Mailchimp answers: one person has one hash.
package struct SubscriberHash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first eight bytes, big-endian.
    package let high: UInt64
    /// The last eight bytes, big-endian.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The hash of an address in UTF-8 that `EmailAddress` has normalized.
    package init(normalized bytes: UnsafeBufferPointer<UInt8>) {
        guard InternationalDomain.isPossible(in: bytes) else {
            self.init(digestOf: bytes)
            return
        }
        let letters = Array(InternationalDomain.inLetters(String(decoding: bytes, as: UTF8.self)).utf8)
        self = letters.withUnsafeBufferPointer { SubscriberHash(digestOf: $0) }
    }

    /// The MD5 of bytes as they are.
    package init(digestOf bytes: UnsafeBufferPointer<UInt8>) {
        let digest = Insecure.MD5.hash(data: UnsafeRawBufferPointer(bytes))
        (high, low) = digest.withUnsafeBytes { raw in
            (
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The hash of an address as Mailchimp spells it, lowercased first.
    package init(of address: String) {
        self = Array(EmailAddress.lowercased(address).utf8).withUnsafeBufferPointer { SubscriberHash(normalized: $0) }
    }

    /// The identifiers under which Mailchimp may have a contact, which spells an international domain as it was once sent.
    package static func atMailchimp(_ address: String) -> [SubscriberHash] {
        let given = EmailAddress.lowercased(address)
        var spellings = [given]
        for other in [InternationalDomain.inLetters(given), InternationalDomain.inASCII(given)]
        where !spellings.contains(where: { $0.utf8.elementsEqual(other.utf8) }) {
            spellings.append(other)
        }
        return spellings.map { Array($0.utf8).withUnsafeBufferPointer { SubscriberHash(digestOf: $0) } }
    }

    /// The 32 hexadecimal digits in Mailchimp's paths.
    package var description: String {
        func hex(_ number: UInt64) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return hex(high) + hex(low)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension SubscriberHash: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a subscriber hash has 32 hexadecimal digits")
        }
        self.init(high: high, low: low)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

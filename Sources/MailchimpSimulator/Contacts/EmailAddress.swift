/// Mailchimp's rules for addresses.
///
/// Two spellings are the same contact if they have the same identity: the trimmed, lowercased address, of which
/// ``SubscriberHash`` is the hash.
enum EmailAddress {
    /// The most bytes in an address (RFC 5321 §4.5.3.1.3 leaves 254 between the angle brackets).
    static let limit = 254

    /// Removes whitespace at both ends.
    static func trimmed(_ address: some Collection<UInt8>) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let start = address.drop(while: isSpace)
        var bytes = Array(start)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }

    /// The trimmed, lowercased address.
    static func identity(_ address: some Collection<UInt8>) -> [UInt8] {
        lowered(trimmed(address))
    }

    static func lowered(_ address: [UInt8]) -> [UInt8] {
        var lowered = address
        for index in lowered.indices {
            let byte = lowered[index]
            if byte >= 0x80 { return Array(String(decoding: address, as: UTF8.self).lowercased().utf8) }
            if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") { lowered[index] = byte + 0x20 }
        }
        return lowered
    }

    /// False for what no mail system accepts (no `@` or several, nothing on one side of it, spaces, a domain without a dot, too long), and for
    /// characters beyond ASCII before the `@`, which Mailchimp refuses (https://mailchimp.com/help/international-characters-in-mailchimp).
    static func isPlausible(_ address: [UInt8]) -> Bool {
        guard address.count <= limit, let at = address.firstIndex(of: UInt8(ascii: "@")), at > 0, at <= 64,
            address[..<at].allSatisfy({ $0 < 0x80 })
        else { return false }
        let domain = address[(at + 1)...]
        guard !domain.contains(UInt8(ascii: "@")), let dot = domain.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return dot > domain.startIndex && domain.last != UInt8(ascii: ".") && address.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ",") }
    }
}

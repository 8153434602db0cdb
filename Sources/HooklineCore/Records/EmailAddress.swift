/// Recognizes email addresses, and normalizes them to one spelling.
package enum EmailAddress {
    /// What the text of a field is.
    package enum Reading: Sendable {
        /// Nothing but whitespace.
        case missing
        /// Text that cannot be an address.
        case malformed
        /// An address; its normalized bytes are in the buffer passed to `read`.
        case address
    }

    /// The length of the longest address, in bytes (RFC 5321 §4.5.3.1.3, without the brackets of a path).
    package static let addressLimit = 254
    private static let localLimit = 64
    private static let labelLimit = 63

    /// Trims and lowercases UTF-8 text into `buffer`, and says what it is.
    ///
    /// Malformed is only what certainly cannot be mailed: text without `@`, with spaces or control characters, with empty or oversized parts,
    /// or with a domain without a dot. Letters beyond ASCII are lowercased by Unicode's rules.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8]) -> Reading {
        buffer.removeAll(keepingCapacity: true)
        var (start, end) = (0, bytes.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        guard start < end else { return .missing }
        guard end - start <= addressLimit * 2 else { return .malformed }
        var ascii = true
        for index in start..<end {
            let byte = bytes[index]
            if byte >= 0x80 { ascii = false }
            buffer.append(byte &- 65 < 26 ? byte | 0x20 : byte)
        }
        if !ascii { buffer = Array(normalized(String(decoding: buffer, as: UTF8.self)).utf8) }
        return buffer.isEmpty ? .missing : isWellFormed(buffer) ? .address : .malformed
    }

    /// The trimmed and lowercased address, unchecked.
    package static func normalized(_ address: String) -> String {
        var text = Substring(address.lowercased())
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// Whether a normalized address has a form that mail can reach.
    private static func isWellFormed(_ address: [UInt8]) -> Bool {
        guard address.count <= addressLimit, let at = address.lastIndex(of: UInt8(ascii: "@")), at > 0, at <= localLimit else {
            return false
        }
        for index in 0..<at {
            let byte = address[index]
            // A quoted local part may contain more (RFC 5321 §4.1.2), but such an address is never a contact.
            if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") {
                return false
            }
        }
        return isDomain(address[(at + 1)...])
    }

    private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
        var (labels, length, previous) = (1, 0, UInt8(ascii: "."))
        for byte in domain {
            if byte == UInt8(ascii: ".") {
                guard length > 0, previous != UInt8(ascii: "-") else { return false }
                (labels, length) = (labels + 1, 0)
            } else {
                let isLetterOrDigit = (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte >= 0x80
                guard isLetterOrDigit || (byte == UInt8(ascii: "-") && length > 0) else { return false }
                length += 1
                guard length <= labelLimit else { return false }
            }
            previous = byte
        }
        return labels >= 2 && length > 0 && previous != UInt8(ascii: "-")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }
}

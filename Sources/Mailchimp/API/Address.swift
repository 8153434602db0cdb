import Text

/// How Mailchimp tells email addresses apart: without regard to case, and to how an international domain is written.
///
/// Mailchimp returns the spelling that it stored, so match a response to its request by key, never letter by letter.
package enum Address {
    /// The form that all spellings of one address share: trimmed and lowercased, its domain in letters rather than `xn--…`.
    package static func key(_ address: String) -> String {
        isKey(address) ? address : InternationalDomain.inLetters(address.trimmed.lowercased())
    }

    /// Whether an address is obviously its own key, as most are: ASCII without capital letters, white space, or `xn--`.
    private static func isKey(_ address: String) -> Bool {
        var dashes = 0
        for byte in address.utf8 {
            guard (0x21...0x7E).contains(byte), !(65...90).contains(byte) else { return false }
            dashes = byte == UInt8(ascii: "-") ? dashes + 1 : 0
            if dashes == 2 { return false }
        }
        return true
    }
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

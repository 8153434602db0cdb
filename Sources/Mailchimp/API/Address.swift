import Text

/// How Mailchimp tells email addresses apart: without regard to case, and to how an international domain is written.
///
/// Mailchimp returns the spelling that it stored, so match a response to its request by key, never letter by letter.
package enum Address {
    /// The form that all spellings of one address share: trimmed and lowercased, its domain in letters rather than `xn--…`.
    package static func key(_ address: String) -> String {
        InternationalDomain.inLetters(address.trimmed.lowercased())
    }
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

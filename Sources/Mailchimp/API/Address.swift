/// How Mailchimp tells email addresses apart: without regard to case.
///
/// Mailchimp returns the spelling that it stored, so match a response to its request by key, never letter by letter.
package enum Address {
    /// The form that all spellings of one address share: trimmed and lowercased.
    package static func key(_ address: String) -> String {
        address.trimmed.lowercased()
    }
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

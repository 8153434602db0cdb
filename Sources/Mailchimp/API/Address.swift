/// How Mailchimp tells email addresses apart: without regard to case, and to how an international domain is written.
///
/// Mailchimp returns the spelling that it stored, so match a response to its request by key, never letter by letter.
package enum Address {
    /// The form that all spellings of one address share: trimmed and lowercased, its domain in letters rather than `xn--…`.
    package static func key(_ address: String) -> String {
        let small = address.trimmed.lowercased()
        guard small.contains("xn--"), let at = small.lastIndex(of: "@") else { return small }
        let labels = small[small.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.hasPrefix("xn--") ? Punycode.decoded(label.dropFirst(4))?.lowercased() ?? String(label) : String(label)
        }
        return small[...at] + labels.joined(separator: ".")
    }
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

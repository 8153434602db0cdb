/// How Mailchimp tells email addresses apart: without regard to case.
///
/// It hands back the spelling it stored, so an answer is compared with a request by key, never letter by letter.
package enum Address {
    /// What two spellings of one address have in common: trimmed and lowercased.
    package static func key(_ address: String) -> String {
        address.trimmed.lowercased()
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}

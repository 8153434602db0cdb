/// How Mailchimp tells segment names apart: without regard to case.
package enum SegmentName {
    /// What two names have in common when Mailchimp takes them for the same: trimmed and lowercased.
    package static func key(_ name: String) -> String {
        name.trimmed.lowercased()
    }

    /// Whether Mailchimp would refuse the one beside the other.
    package static func collide(_ first: String, _ second: String) -> Bool {
        key(first) == key(second)
    }
}

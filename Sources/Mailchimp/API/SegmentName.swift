/// How Mailchimp tells segment names apart: without regard to case.
package enum SegmentName {
    /// The form that all names share which Mailchimp considers the same: trimmed and lowercased.
    package static func key(_ name: String) -> String {
        name.trimmed.lowercased()
    }

    /// Whether Mailchimp would refuse one name because the other exists.
    package static func collide(_ first: String, _ second: String) -> Bool {
        key(first) == key(second)
    }
}

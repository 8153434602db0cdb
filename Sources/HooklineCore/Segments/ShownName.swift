/// Names as Mailchimp shows them, which is not always as they were sent.
extension LedgerSegment {
    /// Compares a name at Mailchimp with this segment's own, which Mailchimp may show without white space around it, with `&amp;` for `&`, or
    /// as it answered when the name was sent.
    ///
    /// - Parameter remote: the name that Mailchimp shows.
    /// - Returns: whether it is the same name.
    package func isShown(as remote: String) -> Bool {
        remote == shownName || Self.plain(remote) == Self.plain(name)
    }

    /// The name without what Mailchimp takes off or writes differently.
    private static func plain(_ name: String) -> String {
        var text = name
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#039;", "'"), ("&amp;", "&")] {
            text = text.replacing(entity, with: character)
        }
        return SegmentNameRule.trimmed(text)
    }
}

/// How many members of a segment Mailchimp showed, and when.
package struct SeenMembers: Codable, Equatable, Sendable {
    /// How they were seen.
    package enum Source: String, Codable, Sendable {
        /// In Mailchimp's own count, which lags behind changes by minutes and may leave some out.
        case count
        /// One by one.
        case read
        /// The run made the segment, or emptied it.
        case made
    }

    package var members: Int
    /// In Unix seconds, by this machine's clock.
    package var at: Int64
    package var by: Source

    package init(_ members: Int, at time: Int64, by source: Source) {
        self.members = members
        at = time
        by = source
    }
}

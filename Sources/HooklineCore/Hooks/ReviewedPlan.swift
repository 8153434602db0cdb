/// A segment's plan as a `review` hook sees it.
package struct ReviewedPlan: Equatable, Sendable {
    package var name: String
    package var label: String?
    /// Members before the run.
    package var members: Int
    package var added: Int
    package var removed: Int
    package var unchanged: Int
    /// How many users filters dropped, by reason.
    package var dropped: [String: Int]
    package var calls: Int
    /// Up to 100 addresses that would be added.
    package var addedSample: [String]
    /// Up to 100 addresses that would be removed.
    package var removedSample: [String]

    package init(
        name: String, label: String? = nil, members: Int, added: Int, removed: Int, unchanged: Int, dropped: [String: Int], calls: Int,
        addedSample: [String], removedSample: [String]
    ) {
        self.name = name
        self.label = label
        self.members = members
        self.added = added
        self.removed = removed
        self.unchanged = unchanged
        self.dropped = dropped
        self.calls = calls
        self.addedSample = addedSample
        self.removedSample = removedSample
    }
}

/// The decision of a `review` hook.
package enum ReviewVerdict: Equatable, Sendable {
    case go
    case stop(reason: String)
}

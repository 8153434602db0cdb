/// What a run did to one segment.
package struct SegmentReport: Codable, Equatable, Sendable {
    /// The label of a breakdown; nil for the segment without a label.
    package var label: String?
    /// Mailchimp's ID; nil until the segment is created.
    package var id: Int?
    package var name: String
    /// How many members it has after the run, by the ledger.
    package var members: Int
    /// How many members Mailchimp showed, and when; nil if it was not asked.
    package var seen: SeenMembers?
    /// True if `members` only follows from the ledger: Mailchimp showed another number, was not asked, or did not answer every call; otherwise
    /// nil.
    package var believed: Bool?
    /// How many additions have no answer so far, and are not in `members`; nil for none.
    package var unanswered: Int?
    package var added: Int
    package var removed: Int
    package var unchanged: Int
    /// How many were not contacts the last time and are asked again, because a call has room; nil for none. Those who entered after all are
    /// in `added`, too.
    package var askedAgain: Int?
    /// What happens to the segment itself, in `plan --json` only.
    package var action: String?
    /// True if the run deletes the segment, because its label vanished; otherwise nil.
    package var deleted: Bool?
    /// The name before the run, if the run changed it.
    package var renamedFrom: String?
    /// The ID of the segment that a historical refresh deletes, to make this one in its place; otherwise nil.
    package var replaces: Int?
    /// True if a historical refresh empties the segment before it fills it again; otherwise nil.
    package var emptied: Bool?
    /// How many members a historical refresh does not bring back; nil without a refresh.
    package var notReturning: Int?
    /// The addresses to add, in `plan --json` only.
    package var adds: PlannedAddresses?
    /// The addresses to remove, in `plan --json` only.
    package var removes: PlannedAddresses?

    package init(
        label: String? = nil, id: Int? = nil, name: String, members: Int, added: Int, removed: Int, unchanged: Int,
        deleted: Bool? = nil, adds: PlannedAddresses? = nil, removes: PlannedAddresses? = nil
    ) {
        self.label = label
        self.id = id
        believed = deleted == true ? nil : true
        self.name = name
        self.members = members
        self.added = added
        self.removed = removed
        self.unchanged = unchanged
        self.deleted = deleted
        self.adds = adds
        self.removes = removes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(label, forKey: .label)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(members, forKey: .members)
        try container.encodeIfPresent(seen, forKey: .seen)
        try container.encodeIfPresent(believed, forKey: .believed)
        try container.encodeIfPresent(unanswered, forKey: .unanswered)
        try container.encode(added, forKey: .added)
        try container.encode(removed, forKey: .removed)
        try container.encode(unchanged, forKey: .unchanged)
        try container.encodeIfPresent(askedAgain, forKey: .askedAgain)
        try container.encodeIfPresent(action, forKey: .action)
        try container.encodeIfPresent(deleted, forKey: .deleted)
        try container.encodeIfPresent(renamedFrom, forKey: .renamedFrom)
        try container.encodeIfPresent(replaces, forKey: .replaces)
        try container.encodeIfPresent(emptied, forKey: .emptied)
        try container.encodeIfPresent(notReturning, forKey: .notReturning)
        try container.encodeIfPresent(adds, forKey: .adds)
        try container.encodeIfPresent(removes, forKey: .removes)
    }

    private enum CodingKeys: String, CodingKey {
        case label, id, name, members, seen, believed, unanswered, added, removed, unchanged, deleted, replaces, emptied, adds, removes,
            action
        case notReturning = "not_returning"
        case askedAgain = "asked_again"
        case renamedFrom = "renamed_from"
    }
}

extension SegmentPlan.Action {
    /// Mailchimp's id of the segment as it is now; nil for one that has to be made.
    package var id: Int? {
        switch self {
        case .keep(let id), .rename(let id), .found(let id), .adopt(let id), .reset(let id, _), .empty(let id), .delete(let id): id
        case .create, .recreate, .remake: nil
        }
    }

    /// Whether everybody has to be added anew.
    package var startsFromScratch: Bool {
        switch self {
        case .recreate, .reset, .remake: true
        default: false
        }
    }

    /// Whether it does not matter how many members the segment has before: the run makes it, takes it over, empties it, or deletes it.
    package var ignoresMembers: Bool {
        switch self {
        case .keep, .rename, .empty: false
        case .create, .found, .adopt, .recreate, .reset, .remake, .delete: true
        }
    }

    /// One word for it, in JSON.
    package var word: String {
        switch self {
        case .keep: "keep"
        case .rename: "rename"
        case .create: "create"
        case .found: "found"
        case .adopt: "adopt"
        case .recreate: "recreate"
        case .reset: "reset"
        case .remake: "remake"
        case .empty: "empty"
        case .delete: "delete"
        }
    }

    /// Whether the segment is gone afterwards.
    package var isDeletion: Bool { if case .delete = self { true } else { false } }
}

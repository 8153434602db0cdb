/// The keys that a client wants in an answer, from the query parameters `fields` and `exclude_fields`.
///
/// Both are comma-separated dotted paths from the top of the answer (`members.email_address,total_items`). A path includes
/// everything below it. Keys that match no path in `fields` are left out, so `email_address` without its prefix matches nothing
/// on a page of members. Mailchimp documents both parameters only for GET.
struct FieldSelection: Sendable {
    private var wanted: Paths?
    private var unwanted: Paths?

    static let everything = FieldSelection()

    private init() {}

    init(fields: String?, excludeFields: String?) {
        wanted = fields.flatMap(Paths.init(list:))
        unwanted = excludeFields.flatMap(Paths.init(list:))
    }

    /// The selection below a key; nil if the key itself is not wanted.
    func inside(_ key: String) -> FieldSelection? {
        if wanted == nil && unwanted == nil { return self }
        var inner = self
        if let wanted {
            guard let below = wanted.children[key] else { return nil }
            inner.wanted = below.children.isEmpty ? nil : below
        }
        if let unwanted {
            let below = unwanted.children[key]
            if let below, below.children.isEmpty { return nil }
            inner.unwanted = below
        }
        return inner
    }
}

/// Dotted paths as a tree, in which a node without children ends a path.
private struct Paths {
    var children: [String: Paths] = [:]

    init() {}

    init?(list: String) {
        for path in list.split(separator: ",") {
            insert(path.split(separator: ".").map { String($0.filter { $0 != " " }) }[...])
        }
        if children.isEmpty { return nil }
    }

    private mutating func insert(_ path: ArraySlice<String>) {
        guard let first = path.first else { return }
        children[first, default: Paths()].insert(path.dropFirst())
    }
}

/// Whether a row is in a segment: its rules are true of the row, and the limit, if it has one, leaves the row in.
package struct SegmentRule: Equatable, Sendable {
    /// Its name in the workspace; nil for the segment that the rules are of.
    package var name: String?
    /// Nil picks all rows.
    package var rules: Condition?
    package var limit: SegmentLimit?

    package init(name: String? = nil, rules: Condition?, limit: SegmentLimit? = nil) {
        self.name = name
        self.rules = rules
        self.limit = limit
    }

    /// All fields that it reads.
    var fields: Set<String> { (rules?.fields ?? []).union(limit.map { [$0.field, $0.key] } ?? []) }

    /// The segment as a line of a trace.
    package var text: String { [name.map { "segment \($0)" }, limit?.text].compactMap(\.self).joined(separator: ", ") }

    /// Its limit, if it is the segment that the rules are of.
    var ownLimit: SegmentLimit? { name == nil ? limit : nil }
}

/// How many rows of a segment stay in, and which: the first ones in the order of a field.
package struct SegmentLimit: Equatable, Sendable {
    /// The greatest number that a manifest may set.
    package static let mostRows = 1_000_000

    package var count: Int
    package var field: String
    /// Whether the greatest values come first. NULL comes last in any case.
    package var isDescending: Bool
    /// The primary key, which decides between equal values, the smallest first.
    package var key: String
    package var position: SourcePosition?

    package init(_ count: Int, by field: String, isDescending: Bool = true, key: String, position: SourcePosition? = nil) {
        self.count = count
        self.field = field
        self.isDescending = isDescending
        self.key = key
        self.position = position
    }

    /// The limit as text, such as `limit 100 by spent desc`.
    package var text: String { "limit \(count) by \(field) \(order)" }

    /// `desc` or `asc`.
    package var order: String { isDescending ? "desc" : "asc" }
}

/// What the limit of a segment does to its rows.
package struct LimitEffect: Codable, Equatable, Sendable {
    /// The most rows that stay in.
    package let n: Int
    /// The field that orders them.
    package let by: String
    /// `desc` or `asc`.
    package let order: String
    /// How many rows the rules pick.
    package let met: Int
    /// How many of them the limit drops.
    package let dropped: Int
}

/// Which rules the source of a plan evaluated itself, so that rows of which they are not true were never read.
package struct PushDown: Codable, Equatable, Sendable {
    /// The rules that it evaluated, as text; none if it evaluated none.
    package var rules: [String]
    /// How many rows it left out. They count among the rows of the plan, and as dropped by rules.
    package var unread: Int
    /// Why all rows were read; nil if some were not.
    package var reason: String?

    private enum CodingKeys: String, CodingKey {
        case rules, reason
        case unread = "unread_rows"
    }

    package init(rules: [String], unread: Int) {
        self.rules = rules
        self.unread = unread
        reason = nil
    }

    /// All rows were read.
    package init(reason: String) {
        rules = []
        unread = 0
        self.reason = reason
    }
}

import HooklineCore

/// Rules that compare rows, and what they mean in SQL.
extension RandomRules {
    /// A random percentile of a field.
    func percentile(_ field: String, _ random: inout SeededGenerator) -> Condition.Test {
        Condition.Test(
            field: field, operation: Bool.random(using: &random) ? .abovePercentile : .belowPercentile,
            value: .scalar(Literal(String(Int.random(in: 1...99, using: &random)), .number)))
    }

    /// A random segment, mostly with a limit.
    func segment(depth: Int, _ random: inout SeededGenerator) -> Condition {
        let rules = Int.random(in: 0..<5, using: &random) == 0 ? nil : condition(depth: depth, &random)
        let field = Self.columns.filter(\.type.isMeasured).randomElement(using: &random)!.name
        let limit = SegmentLimit(
            Int.random(in: 1...25, using: &random), by: field, isDescending: Bool.random(using: &random), key: "k")
        return .segment(SegmentRule(rules: rules, limit: Int.random(in: 0..<4, using: &random) == 0 ? nil : limit))
    }

    /// Whether a row is in a segment: rules that NULL leaves open are not true of it, and those that an unreadable value leaves open are unknown.
    func segmentSQL(_ rule: SegmentRule) -> String {
        let rules = "(" + (rule.rules.map(sql) ?? "1") + ")"
        let unreadable = (rule.rules?.fields ?? []).subtracting(["k"]).sorted().map { "\($0)_unreadable" } + ["0"]
        let open = "WHEN \(rules) IS NULL AND (\(unreadable.joined(separator: " OR "))) THEN NULL ELSE 0 END"
        guard let limit = rule.limit else { return "CASE WHEN \(rules) THEN 1 \(open)" }
        let first =
            "SELECT row FROM users WHERE \(rules) AND NOT \(limit.field)_unreadable"
            + " ORDER BY \(limit.field) IS NULL, \(limit.field) \(limit.order), k LIMIT \(limit.count)"
        return "CASE WHEN \(rules) THEN CASE WHEN \(limit.field)_unreadable THEN NULL ELSE row IN (\(first)) END \(open)"
    }

    /// Whether enough of all values are smaller, or greater.
    func percentileSQL(_ test: Condition.Test) -> String {
        guard case .scalar(let literal)? = test.value, let percent = Int(literal.text) else { return "NULL" }
        let isAbove = test.operation == .abovePercentile
        let others = "FROM users u WHERE NOT u.\(test.field)_unreadable AND u.\(test.field)"
        return "CASE WHEN \(test.field) IS NULL THEN NULL ELSE (SELECT count(*) \(others) \(isAbove ? "<" : ">") users.\(test.field)) * 100"
            + " >= \(isAbove ? percent : 100 - percent) * (SELECT count(*) \(others) IS NOT NULL) END"
    }
}

extension ColumnType {
    /// Whether percentiles make sense.
    var isMeasured: Bool { [.integer, .number, .decimal, .date, .timestamp].contains(self) }
}

extension Ranks {
    /// What the rows of a batch say of each other, read in pieces.
    package init?(_ condition: Condition?, _ batch: RecordBatch, now: Int64, zone: ZoneOffsets, spilling: Spilling? = nil) throws {
        try self.init(condition, now: now, zone: zone, spilling: spilling) { begin, body in
            try begin(batch.columns.map(\.column))
            var piece = RecordBatch(columns: batch.columns.map(\.column))
            for row in 0..<batch.count {
                piece.append(row, of: batch)
                if piece.count == 7 || row == batch.count - 1 {
                    try body(piece)
                    piece.removeAll()
                }
            }
        }
    }
}

import HooklineCore

/// Rules that compare rows, and what they mean in SQL.
extension RandomRules {
    /// A random percentile of a field.
    func percentile(_ field: String, _ random: inout SeededGenerator) -> Condition.Test {
        Condition.Test(
            field: field, operation: Bool.random(using: &random) ? .abovePercentile : .belowPercentile,
            value: .scalar(Literal(String(Int.random(in: 1...99, using: &random)), .number)))
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

import HooklineCore

/// Writes rules as conditions in SQL, as far as SQL can test them exactly.
///
/// What cannot be written is left out, in a way that the condition is still true of every row that the rules pick. For that, each part
/// is written in one of two ways: as a condition that holds wherever the part is true, or wherever it is false; `not` swaps the two. Both are
/// true of rows for which nobody knows, too, but neither needs to be.
struct RuleSQL<Dialect: SQLDialect> {
    let columns: [SQLColumn]
    var dialect: Dialect

    /// The most values of one test. A longer list is compared here.
    static var longestList: Int { 1_000 }

    private static var never: String { "(1 = 0)" }

    /// A condition that holds for every row that the rules pick, with the parts that it tests; nil if nothing can be written.
    mutating func condition(_ root: RowFilter.Node) -> (sql: String, rules: [String])? {
        guard isWritable(root, true) else { return nil }
        return (sql(root, true), rules(root))
    }

    /// The parts that are written, as people read them.
    private func rules(_ node: RowFilter.Node) -> [String] {
        guard case .all(let parts) = node else { return [text(node, true)] }
        return parts.filter { isWritable($0, true) }.flatMap(rules)
    }

    private func text(_ node: RowFilter.Node, _ wanted: Bool) -> String {
        switch node {
        case .test(let test): test.text
        case .not(let part): "not (\(text(part, !wanted)))"
        case .all(let parts): text(of: parts, "all", wanted)
        case .any(let parts): text(of: parts, "any", wanted)
        }
    }

    private func text(of parts: [RowFilter.Node], _ word: String, _ wanted: Bool) -> String {
        "\(word) of (\(parts.filter { isWritable($0, wanted) }.map { text($0, wanted) }.joined(separator: "; ")))"
    }

    // MARK: What can be written

    /// Whether a condition can be written that holds wherever a part is true (`wanted`) or false, and that holds not everywhere.
    func isWritable(_ node: RowFilter.Node, _ wanted: Bool) -> Bool {
        switch node {
        case .not(let part): isWritable(part, !wanted)
        case .all(let parts): wanted ? parts.contains { isWritable($0, true) } : parts.allSatisfy { isWritable($0, false) }
        case .any(let parts): wanted ? parts.allSatisfy { isWritable($0, true) } : parts.contains { isWritable($0, false) }
        case .test(let test): isWritable(test)
        }
    }

    private func isWritable(_ test: RowFilter.Test) -> Bool {
        guard columns.indices.contains(test.column) else { return false }
        let column = columns[test.column]
        switch test.operation {
        case .other: return false
        case .isNull, .isNotNull: return column.hasExactNulls
        case .compare(_, let value): return Self.isWritable(value, column)
        case .between(let low, let high): return Self.isWritable(low, column) && Self.isWritable(high, column)
        case .oneOf(let values, _, _):
            return values.count <= Self.longestList && values.allSatisfy { Self.isWritable($0, column) } && column.kind != nil
        case .moments(let ranges, _, _): return column.kind == .moment && ranges.count <= Self.longestList
        case .part(_, let text): return Self.isWritable(.text(text), column)
        }
    }

    private static func isWritable(_ value: RowFilter.Value, _ column: SQLColumn) -> Bool {
        switch (value, column.kind) {
        case (.integer, .integer), (.number, .number): true
        case (.decimal(let text), .decimal):
            column.digits.map { text.decimalDigits.whole <= $0.whole && text.decimalDigits.fraction <= $0.fraction } ?? true
        // There is no year 0 in most databases.
        case (.day(let day), .day): day.count == 10 && !day.starts(with: "0000".utf8)
        case (.text(let text), .text): !text.contains(0)
        default: false
        }
    }

    // MARK: Writing

    /// What `isWritable` has allowed.
    private mutating func sql(_ node: RowFilter.Node, _ wanted: Bool) -> String {
        switch node {
        case .not(let part): return sql(part, !wanted)
        case .all(let parts): return joined(parts, wanted, isConjunction: wanted)
        case .any(let parts): return joined(parts, wanted, isConjunction: !wanted)
        case .test(let test): return sql(test, wanted)
        }
    }

    private mutating func joined(_ parts: [RowFilter.Node], _ wanted: Bool, isConjunction: Bool) -> String {
        // Leaving a part out of a conjunction makes it true more often; the parts of a disjunction can all be written.
        let written = parts.filter { isWritable($0, wanted) }.map { sql($0, wanted) }
        if written.isEmpty { return Self.never }
        return "(" + written.joined(separator: isConjunction ? " AND " : " OR ") + ")"
    }

    private mutating func sql(_ test: RowFilter.Test, _ wanted: Bool) -> String {
        let column = columns[test.column]
        let value = column.comparable
        switch test.operation {
        case .isNull: return "(\(column.value) IS \(wanted ? "" : "NOT ")NULL)"
        case .isNotNull: return "(\(column.value) IS \(wanted ? "NOT " : "")NULL)"
        case .compare(let order, let other): return Self.negated("\(value) \(order.rawValue) \(dialect.literal(other))", !wanted)
        case .between(let low, let high):
            return Self.negated("(\(value) >= \(dialect.literal(low)) AND \(value) <= \(dialect.literal(high)))", !wanted)
        case .part(let part, let text): return Self.negated(dialect.has(part, text, in: value), !wanted)
        case .oneOf(let values, let hasNull, let isNegated):
            let found = wanted != isNegated
            if hasNull && !found { return Self.never }
            if values.isEmpty { return found ? Self.never : "(\(value) IS NOT NULL)" }
            return Self.negated("\(value) IN (\(values.map { dialect.literal($0) }.joined(separator: ", ")))", !found)
        case .moments(let ranges, let hasNull, let isNegated):
            let found = wanted != isNegated
            if hasNull && !found { return Self.never }
            if ranges.isEmpty { return found ? Self.never : "(\(value) IS NOT NULL)" }
            return Self.negated("(\(ranges.map { sql($0, value) }.joined(separator: " OR ")))", !found)
        case .other: return Self.never
        }
    }

    private static func negated(_ sql: String, _ isNegated: Bool) -> String { isNegated ? "NOT (\(sql))" : "(\(sql))" }

    /// Whether the whole second of a moment is in a range. Hookline cuts fractions off.
    private mutating func sql(_ range: ClosedRange<Int64>, _ value: String) -> String {
        if range.lowerBound > Moments.last || range.upperBound < Moments.first { return "(\(value) IS NULL AND 1 = 0)" }
        var conditions: [String] = []
        if range.lowerBound > Moments.first { conditions.append("\(value) >= \(dialect.literal(moment: range.lowerBound))") }
        if range.upperBound < Moments.last { conditions.append("\(value) < \(dialect.literal(moment: range.upperBound + 1))") }
        return conditions.isEmpty ? "(\(value) IS NOT NULL)" : "(\(conditions.joined(separator: " AND ")))"
    }
}

/// The years from 1 to 9999, in Unix seconds.
enum Moments {
    static let first: Int64 = -62_135_596_800
    static let last: Int64 = 253_402_300_799
}

extension [UInt8] {
    /// How many digits a decimal has before and behind its point.
    var decimalDigits: (whole: Int, fraction: Int) {
        let point = firstIndex(of: UInt8(ascii: ".")) ?? endIndex
        let count = { (digits: ArraySlice<UInt8>) in digits.count { $0 &- 48 < 10 } }
        return (count(self[..<point]), count(self[point...]))
    }
}

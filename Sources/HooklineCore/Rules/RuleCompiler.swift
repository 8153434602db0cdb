import Text

/// Compiles a condition for the columns of a source, and collects the issues.
struct RuleCompiler {
    let columns: [Column]
    /// The start of the run, in Unix seconds.
    let now: Int64
    /// The activation's zone, for its days and for times without a zone.
    let zone: ZoneOffsets
    var issues: [Issue] = []
    /// The searches that the tests make, in order.
    private(set) var searches: [TextSearch] = []
    /// The percentiles that rows are compared with, in order.
    var percentiles: [PercentileTest] = []
    /// The limits of segments, those of inner segments first.
    var limits: [LimitTest] = []
    /// What is known of both; nil before rows were read.
    var ranks: Ranks?

    init(columns: [Column], now: Int64, zone: ZoneOffsets) {
        self.columns = columns
        self.now = now
        self.zone = zone
    }

    var today: CalendarDate { zone.day(of: now) }

    mutating func node(_ condition: Condition) -> RuleEvaluator.Node {
        switch condition {
        case .all(let parts): return .all(parts.map { node($0) })
        case .any(let parts): return .any(parts.map { node($0) })
        case .not(let part): return .not(node(part))
        case .segment(let rule): return segment(rule)
        case .test(let test):
            guard let index = columns.firstIndex(where: { $0.name == test.field }) else {
                issues.append(Self.unknownField(test.field, columns, at: test.fieldPosition))
                return .all([])
            }
            return .test(column: index, test.operation.isPercentile ? percentileTest(test, index) : read(test, columns[index]))
        }
    }

    mutating func read(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard isOfKnownKinds(test, column), hasSense(test, column) else { return .unknown }
        switch test.operation {
        case .isNull: return .isNull
        case .isNotNull: return .isNotNull
        case .contains, .startsWith, .endsWith, .matches: return textTest(test, column)
        case .has, .hasAny, .hasAll: return listTest(test, column)
        case .withinDays, .olderThanDays, .inNextDays, .anniversaryWithinDays: return daysTest(test, column)
        case .abovePercentile, .belowPercentile:
            // What it is compared with is found in the rows, not in the rules.
            _ = percent(test, column)
            return .unknown
        case .before, .after:
            guard column.type.isTime else { return misfit(test, column, "timestamp and date columns") }
            return comparison(test, column)
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between:
            guard column.type != .boolean, column.type != .json, column.type != .list else {
                return misfit(test, column, "text, integer, number, decimal, timestamp, and date columns")
            }
            return comparison(test, column)
        case .equal, .notEqual, .isIn, .notIn:
            if column.type == .list { return misfit(test, column, "single values; for lists, use has, has_any, or has_all") }
            guard column.type != .json else { return misfit(test, column, "every type but json and list") }
            return comparison(test, column)
        }
    }

    private mutating func comparison(_ test: Condition.Test, _ column: Column) -> RuleTest {
        switch column.type {
        case .integer:
            return ordered(test, column, "a whole number") { literal in
                Self.withBytes(of: literal, PlainNumber.integer)
            } by: {
                $0 < $1
            } made: {
                .integers($0)
            }
        case .boolean:
            return ordered(test, column, "true or false") {
                Self.booleans[$0.text]
            } by: {
                $0 < $1
            } made: {
                .integers($0)
            }
        case .number:
            return ordered(test, column, "a number") { literal in
                Self.withBytes(of: literal, PlainNumber.number)
            } by: {
                $0 < $1
            } made: {
                .numbers($0)
            }
        case .decimal:
            return ordered(test, column, "a decimal such as 12.50") {
                DecimalText.isValid($0.text.utf8) ? Array($0.text.utf8) : nil
            } by: {
                DecimalText.compare($0, $1) < 0
            } made: {
                .decimals($0)
            }
        case .date:
            return ordered(test, column, "a date such as 2026-03-01") {
                CalendarDate($0.text.utf8) == nil ? nil : Array($0.text.utf8)
            } by: {
                $0.lexicographicallyPrecedes($1)
            } made: {
                .bytes($0)
            }
        case .timestamp: return momentTest(test, column)
        case .text, .json, .list:
            if [.equal, .notEqual, .isIn, .notIn].contains(test.operation) { return searchTest(test, column) }
            return ordered(test, column, "text") {
                Array($0.text.utf8)
            } by: {
                $0.lexicographicallyPrecedes($1)
            } made: {
                .bytes($0)
            }
        }
    }

    /// A search for texts that notes which of them it finds.
    private mutating func searchTest(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard let values = singles(test, column, "text", { $0.text }) else { return .unknown }
        let search = TextSearch(values.read, field: test.field, ignoresCase: test.ignoresCase, position: test.valuePosition)
        searches.append(search)
        return .search(search, hasNull: values.hasNull, negated: test.operation.isNegative)
    }

    private mutating func ordered<Value>(
        _ test: Condition.Test, _ column: Column, _ allowed: String, _ read: (Literal) -> Value?, by isLess: (Value, Value) -> Bool,
        made: (RuleTest.Comparison<Value>) -> RuleTest
    ) -> RuleTest {
        if test.operation == .between {
            guard let (low, high) = pair(test, column, allowed, read) else { return .unknown }
            if isLess(high, low) { return turned(test) }
            return made(.between(low, high))
        }
        guard let values = singles(test, column, allowed, read) else { return .unknown }
        switch test.operation {
        case .isIn, .notIn: return made(.oneOf(values.read, hasNull: values.hasNull, negated: test.operation == .notIn))
        case .equal: return made(.equal(values.read[0]))
        case .notEqual: return made(.notEqual(values.read[0]))
        case .less, .before: return made(.less(values.read[0]))
        case .lessOrEqual: return made(.lessOrEqual(values.read[0]))
        case .greater, .after: return made(.greater(values.read[0]))
        case .greaterOrEqual: return made(.greaterOrEqual(values.read[0]))
        default: return .unknown
        }
    }

    /// The value of a test, or the values in its list; if one cannot be read, reports it and returns nil.
    mutating func singles<Value>(
        _ test: Condition.Test, _ column: Column, _ allowed: String, _ read: (Literal) -> Value?
    ) -> (read: [Value], hasNull: Bool)? {
        let written: [Condition.Value]
        switch (test.operation.operand, test.value) {
        case (.list, .list(let values)?): written = values
        case (.scalar, let value?): written = [value]
        default: written = [.list([])]
        }
        let present = written.filter { $0 != .null }
        let values = present.compactMap { value in value.literal.flatMap(read) }
        guard values.count == present.count, test.operation.operand == .list || values.count == 1 else {
            _ = badValue(test, column, allowed)
            return nil
        }
        return (values, present.count < written.count)
    }

    /// The two values of `between`; if one cannot be read, reports it and returns nil.
    mutating func pair<Value>(
        _ test: Condition.Test, _ column: Column, _ allowed: String, _ read: (Literal) -> Value?
    ) -> (Value, Value)? {
        if case .list(let values)? = test.value, values.count == 2, let low = values[0].literal.flatMap(read),
            let high = values[1].literal.flatMap(read)
        {
            return (low, high)
        }
        _ = badValue(test, column, allowed)
        return nil
    }

    static func withBytes<Value>(of literal: Literal, _ read: (UnsafeBufferPointer<UInt8>) -> Value?) -> Value? {
        var text = literal.text
        return text.withUTF8(read)
    }

    private static let booleans: [String: Int64] = ["true": 1, "True": 1, "TRUE": 1, "false": 0, "False": 0, "FALSE": 0]
}

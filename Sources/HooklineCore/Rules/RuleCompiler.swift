import Text

/// Reads a condition against the columns of a source, and collects what does not fit.
struct RuleCompiler {
    let columns: [Column]
    let now: Int64
    let today: CalendarDate
    private(set) var issues: [Issue] = []

    init(columns: [Column], now: Int64, today: CalendarDate) {
        self.columns = columns
        self.now = now
        self.today = today
    }

    mutating func node(_ condition: Condition) -> RuleEvaluator.Node {
        switch condition {
        case .all(let parts): return .all(parts.map { node($0) })
        case .any(let parts): return .any(parts.map { node($0) })
        case .not(let part): return .not(node(part))
        case .test(let test):
            guard let index = columns.firstIndex(where: { $0.name == test.field }) else {
                issues.append(Self.unknownField(test.field, columns, at: test.fieldPosition))
                return .all([])
            }
            return .test(column: index, read(test, columns[index]))
        }
    }

    /// The issue of a field that a model does not have.
    static func unknownField(_ name: String, _ columns: [Column], at position: SourcePosition?) -> Issue {
        Issue(
            "manifest.unknown_column",
            "the model has no column '\(name)'\(NearestName.hint(name, among: columns.map(\.name))) (it has \(columns.map(\.name).joined(separator: ", ")))",
            at: position
        )
    }

    private mutating func read(_ test: Condition.Test, _ column: Column) -> RuleTest {
        switch test.operation {
        case .isNull: return .isNull
        case .isNotNull: return .isNotNull
        case .contains, .startsWith, .endsWith, .matches: return readText(test, column)
        case .before, .after:
            guard column.type == .timestamp || column.type == .date else { return misfit(test, column, "timestamp and date columns") }
            return comparison(test, column)
        case .withinDays: return readDays(test, column)
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between:
            guard column.type != .boolean, column.type != .json else {
                return misfit(test, column, "text, integer, number, decimal, timestamp and date columns")
            }
            return comparison(test, column)
        case .equal, .notEqual, .isIn, .notIn:
            guard column.type != .json else { return misfit(test, column, "every type but json") }
            return comparison(test, column)
        }
    }

    private mutating func readText(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard column.type == .text else { return misfit(test, column, "text columns") }
        guard case .scalar(let text)? = test.value else { return badValue(test, column, "text") }
        switch test.operation {
        case .contains: return .contains(Array(text.utf8))
        case .startsWith: return .startsWith(Array(text.utf8))
        case .endsWith: return .endsWith(Array(text.utf8))
        default:
            do {
                return .matches(try Regex(text))
            } catch {
                issues.append(
                    Issue("manifest.bad_pattern", "'matches' wants a regular expression, and this is none", at: test.valuePosition))
                return .unknown
            }
        }
    }

    private mutating func readDays(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard column.type == .timestamp || column.type == .date else { return misfit(test, column, "timestamp and date columns") }
        guard case .scalar(let text)? = test.value, let days = Int(text), (0...100_000).contains(days) else {
            return badValue(test, column, "a whole number of days")
        }
        if column.type == .timestamp { return .integers(.between(now - Int64(days) * 86_400, now)) }
        let earliest = CalendarDate(daysSinceEpoch: today.daysSinceEpoch - days)
        return .bytes(.between(Array(earliest.text.utf8), Array(today.text.utf8)))
    }

    private mutating func comparison(_ test: Condition.Test, _ column: Column) -> RuleTest {
        switch column.type {
        case .integer:
            compare(test, column, "a whole number") { Int64($0) }.map { .integers($0) } ?? .unknown
        case .boolean:
            compare(test, column, "true or false") { $0 == "true" ? 1 : $0 == "false" ? 0 : nil }.map { .integers($0) } ?? .unknown
        case .timestamp:
            compare(test, column, Timestamp.allowed) { Timestamp.parse($0) }.map { .integers($0) } ?? .unknown
        case .number:
            compare(test, column, "a number") { Double($0).flatMap { $0.isFinite ? $0 : nil } }.map { .numbers($0) } ?? .unknown
        case .decimal:
            compare(test, column, "a decimal such as 12.50") { DecimalText.isValid($0.utf8) ? Array($0.utf8) : nil }
                .map { .decimals($0) } ?? .unknown
        case .date:
            compare(test, column, "a date, YYYY-MM-DD") { CalendarDate($0.utf8) == nil ? nil : Array($0.utf8) }
                .map { .bytes($0) } ?? .unknown
        case .text, .json, .list:
            compare(test, column, "text") { Array($0.utf8) }.map { .bytes($0) } ?? .unknown
        }
    }

    private mutating func compare<Value>(
        _ test: Condition.Test, _ column: Column, _ allowed: String, _ read: (String) -> Value?
    ) -> RuleTest.Comparison<Value>? {
        func one(_ value: Condition.Value?) -> Value? {
            guard case .scalar(let text)? = value else { return nil }
            return read(text)
        }
        switch (test.operation, test.value) {
        case (.isIn, .list(let values)), (.notIn, .list(let values)):
            let present = values.filter { $0 != .null }
            let read = present.compactMap { one($0) }
            if read.count == present.count {
                return .oneOf(read, hasNull: present.count < values.count, negated: test.operation == .notIn)
            }
        case (.between, .list(let values)):
            if values.count == 2, let low = one(values[0]), let high = one(values[1]) { return .between(low, high) }
        default:
            if let value = one(test.value) { return Self.single(test.operation, value) }
        }
        _ = badValue(test, column, allowed)
        return nil
    }

    private static func single<Value>(_ operation: Condition.Operation, _ value: Value) -> RuleTest.Comparison<Value>? {
        switch operation {
        case .equal: .equal(value)
        case .notEqual: .notEqual(value)
        case .less, .before: .less(value)
        case .lessOrEqual: .lessOrEqual(value)
        case .greater, .after: .greater(value)
        case .greaterOrEqual: .greaterOrEqual(value)
        default: nil
        }
    }

    private mutating func misfit(_ test: Condition.Test, _ column: Column, _ allowed: String) -> RuleTest {
        issues.append(
            Issue(
                "manifest.operation_type",
                "'\(test.operation.rawValue)' does not fit column '\(column.name)', which is \(column.type.rawValue): it is for \(allowed)"
                    + "; types are set under model: columns:",
                at: test.fieldPosition
            ))
        return .unknown
    }

    private mutating func badValue(_ test: Condition.Test, _ column: Column, _ allowed: String) -> RuleTest {
        issues.append(
            Issue(
                "manifest.value_type",
                "'\(test.operation.rawValue)' on column '\(column.name)' (\(column.type.rawValue)) wants \(allowed)"
                    + (test.value == .null ? ", not null: use is_null or is_not_null" : ""),
                at: test.valuePosition ?? test.fieldPosition
            ))
        return .unknown
    }
}

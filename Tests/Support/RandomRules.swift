import GRDB
import HooklineCore

/// Random rows of every type, random rules over them, and what SQLite picks by the same rules.
///
/// A value that could not be read is one of which every test is unknown.
package struct RandomRules {
    /// A column of each type that rules test.
    package static let columns = [
        HooklineCore.Column("t", .text), HooklineCore.Column("i", .integer), HooklineCore.Column("n", .number),
        HooklineCore.Column("x", .decimal), HooklineCore.Column("b", .boolean), HooklineCore.Column("d", .date),
        HooklineCore.Column("m", .timestamp), HooklineCore.Column("l", .list),
    ]
    /// Those, and a key of each row that no other one has.
    package static let keyedColumns = columns + [HooklineCore.Column("k", .integer)]
    private static let texts = ["a", "ab", "abc", "b", "B", "AB", "é", "a'b", "10", "9", " ", "%_"]
    private static let items = ["a", "b", "A", "c,d", "\"", "é"]
    private static let days = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-28", "2026-03-01"]
    /// 2026-01-01T12:00:00Z in Unix seconds, in a zone whose clocks are two hours before and never change.
    package static let now: Int64 = 1_767_268_800
    /// The zone.
    package static let zone = "Etc/GMT-2"

    // MARK: Rows

    /// Whether rules compare rows with others.
    private let compares: Bool

    package init(compares: Bool = false) { self.compares = compares }

    /// A random value of a type, NULL, or one that could not be read.
    package func cell(_ type: ColumnType, _ random: inout SeededGenerator) -> Cell {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: return .null
        case 2: return .unreadable
        default: break
        }
        switch type {
        case .text, .json: return .text(Self.texts.randomElement(using: &random)!)
        case .integer: return .integer(.random(in: -3...3, using: &random))
        case .boolean: return .integer(.random(in: 0...1, using: &random))
        case .number: return .number(Double(Int.random(in: -6...6, using: &random)) / 2)
        case .decimal: return .text(String(Double(Int.random(in: -6...6, using: &random)) / 2))
        case .date: return .text(Self.days.randomElement(using: &random)!)
        case .timestamp: return .integer(Self.now + .random(in: -60...60, using: &random) * 3_600)
        case .list:
            let count = Int.random(in: 0...3, using: &random)
            return .text(ListText.text((0..<count).map { _ in Self.items.randomElement(using: &random)! }))
        }
    }

    /// Rows with a key each.
    package func keyed(_ rows: [[Cell]]) -> [[Cell]] { rows.enumerated().map { $1 + [.integer(Self.key(of: $0))] } }

    private static func key(of row: Int) -> Int64 { Int64((row * 37 + 11) % 101) }

    // MARK: Rules

    /// Random rules.
    ///
    /// - Parameters:
    ///   - depth: how deep all, any and not are nested at most.
    ///   - random: the generator.
    /// - Returns: a condition on any of the columns.
    package func condition(depth: Int, _ random: inout SeededGenerator) -> Condition {
        if compares, depth > 0, Int.random(in: 0..<5, using: &random) == 0 { return segment(depth: depth - 1, &random) }
        return switch depth == 0 ? 3 : Int.random(in: 0...4, using: &random) {
        case 0: .all((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 1: .any((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 2: .not(condition(depth: depth - 1, &random))
        default: .test(test(&random))
        }
    }

    private func test(_ random: inout SeededGenerator) -> Condition.Test {
        let column = Self.columns.randomElement(using: &random)!
        if compares, column.type.isMeasured, Int.random(in: 0..<3, using: &random) == 0 { return percentile(column.name, &random) }
        let operation = operations(column.type).randomElement(using: &random)!
        let ignoresCase = column.type == .text && operation.canIgnoreCase && Bool.random(using: &random)
        func literal() -> Literal {
            if Self.counting.contains(operation) { return Literal(String(Int.random(in: 0...40, using: &random)), .number) }
            return self.literal(column.type, &random)
        }
        let value: Condition.Value? =
            switch operation.operand {
            case .none: nil
            case .scalar: .scalar(literal())
            case .pair: .list(sorted(literal(), literal(), column.type).map { .scalar($0) })
            case .list:
                .list(
                    (0..<Int.random(in: 1...4, using: &random)).map { _ in
                        column.type != .list && Int.random(in: 0..<6, using: &random) == 0 ? .null : .scalar(literal())
                    })
            }
        return Condition.Test(field: column.name, operation: operation, value: value, ignoresCase: ignoresCase)
    }

    private static let counting: Set<Condition.Operation> = [.withinDays, .olderThanDays, .inNextDays]

    private func operations(_ type: ColumnType) -> [Condition.Operation] {
        let always: [Condition.Operation] = [.isNull, .isNotNull]
        let equality: [Condition.Operation] = [.equal, .notEqual, .isIn, .notIn]
        let order: [Condition.Operation] = [.less, .lessOrEqual, .greater, .greaterOrEqual, .between]
        return switch type {
        case .text: always + equality + order + [.contains, .startsWith, .endsWith]
        case .integer, .number, .decimal: always + equality + order
        case .boolean: always + equality
        case .date, .timestamp: always + equality + order + [.before, .after] + Self.counting.sorted { $0.rawValue < $1.rawValue }
        case .list: always + [.has, .hasAny, .hasAll]
        case .json: always
        }
    }

    private func literal(_ type: ColumnType, _ random: inout SeededGenerator) -> Literal {
        switch type {
        case .text, .json: return Literal(Self.texts.randomElement(using: &random)!, .text)
        case .integer: return Literal(String(Int.random(in: -3...3, using: &random)), .number)
        case .boolean: return Literal(Bool.random(using: &random) ? "true" : "false", .boolean)
        case .number, .decimal: return Literal(String(Double(Int.random(in: -6...6, using: &random)) / 2), .number)
        case .date: return Literal(Self.days.randomElement(using: &random)!, .day)
        case .timestamp:
            if Bool.random(using: &random) { return Literal(Self.days.randomElement(using: &random)!, .day) }
            return Literal(Timestamp.text(Self.now + .random(in: -60...60, using: &random) * 3_600), .moment)
        case .list: return Literal(Self.items.randomElement(using: &random)!, .text)
        }
    }

    private func sorted(_ one: Literal, _ other: Literal, _ type: ColumnType) -> [Literal] {
        let isTurned =
            switch type {
            case .integer, .number, .decimal: Double(one.text)! > Double(other.text)!
            case .timestamp: begin(one) > begin(other)
            default: other.text.utf8.lexicographicallyPrecedes(one.text.utf8)
            }
        return isTurned ? [other, one] : [one, other]
    }

    // MARK: SQL

    /// The indexes of the rows that SQLite picks by the same condition over typed columns.
    package func pickedBySQL(_ condition: Condition, _ rows: [[Cell]]) throws -> [Int] {
        let database = try DatabaseQueue()
        return try database.write { database in
            let names = Self.columns.map { "\($0.name) \(Self.declarations[$0.type] ?? ""), \($0.name)_unreadable" }
            try database.execute(sql: "CREATE TABLE users(row INTEGER PRIMARY KEY, k INTEGER, \(names.joined(separator: ", ")))")
            for (number, row) in rows.enumerated() {
                let values =
                    [number.databaseValue, Self.key(of: number).databaseValue]
                    + row.flatMap { [$0.databaseValue, ($0 == .unreadable).databaseValue] }
                let marks = values.map { _ in "?" }.joined(separator: ", ")
                try database.execute(sql: "INSERT INTO users VALUES (\(marks))", arguments: StatementArguments(values))
            }
            return try Int.fetchAll(database, sql: "SELECT row FROM users WHERE \(sql(condition)) ORDER BY row")
        }
    }

    private static let declarations: [ColumnType: String] = [
        .text: "TEXT", .integer: "INTEGER", .number: "REAL", .decimal: "NUMERIC", .boolean: "INTEGER", .date: "TEXT", .timestamp: "INTEGER",
        .list: "TEXT",
    ]

    /// The condition in SQL.
    package func sql(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): parts.isEmpty ? "1" : "(" + parts.map(sql).joined(separator: " AND ") + ")"
        case .any(let parts): parts.isEmpty ? "0" : "(" + parts.map(sql).joined(separator: " OR ") + ")"
        case .not(let part): "(NOT \(sql(part)))"
        case .segment(let rule): "(\(segmentSQL(rule)))"
        case .test(let test): "(CASE WHEN \(test.field)_unreadable THEN NULL ELSE (\(sql(test))) END)"
        }
    }

    private func sql(_ test: Condition.Test) -> String {
        if test.operation.isPercentile { return percentileSQL(test) }
        let field = test.ignoresCase ? "lower(\(test.field))" : test.field
        let type = Self.columns.first { $0.name == test.field }!.type
        let literals = values(test).map { $0.map { sql($0, type, test.ignoresCase) } ?? "NULL" }
        let part = literals.first ?? ""
        switch test.operation {
        case .isNull: return "\(field) IS NULL"
        case .isNotNull: return "\(field) IS NOT NULL"
        case .contains: return "instr(\(field), \(part)) > 0"
        case .startsWith: return "substr(\(field), 1, length(\(part))) = \(part)"
        case .endsWith: return "substr(\(field), -length(\(part))) = \(part) AND length(\(field)) >= length(\(part))"
        case .has, .hasAny: return "CASE WHEN l IS NULL THEN NULL ELSE " + literals.map(holds).joined(separator: " OR ") + " END"
        case .hasAll: return "CASE WHEN l IS NULL THEN NULL ELSE " + literals.map(holds).joined(separator: " AND ") + " END"
        default: break
        }
        if type == .timestamp { return momentSQL(test) }
        if Self.counting.contains(test.operation) {
            let today = "'2026-01-01'"
            return switch test.operation {
            case .withinDays: "d BETWEEN date(\(today), '-' || \(part) || ' days') AND \(today)"
            case .inNextDays: "d BETWEEN \(today) AND date(\(today), '+' || \(part) || ' days')"
            default: "d < date(\(today), '-' || \(part) || ' days')"
            }
        }
        return switch test.operation {
        case .isIn: "\(field) IN (\(literals.joined(separator: ", ")))"
        case .notIn: "\(field) NOT IN (\(literals.joined(separator: ", ")))"
        case .between: "\(field) BETWEEN \(literals[0]) AND \(literals[1])"
        case .before: "\(field) < \(part)"
        case .after: "\(field) > \(part)"
        default: "\(field) \(test.operation.rawValue) \(part)"
        }
    }

    private func holds(_ item: String) -> String { "EXISTS (SELECT 1 FROM json_each(l) WHERE value = \(item))" }

    /// Moments: a day is compared with the day that the zone's calendars show, a time with the moment itself.
    private func momentSQL(_ test: Condition.Test) -> String {
        let day = "date(m + 7200, 'unixepoch')"
        func one(_ literal: Literal?, _ sign: String) -> String {
            guard let literal else { return "m = NULL" }
            return literal.kind == .day ? "\(day) \(sign) '\(literal.text)'" : "m \(sign) unixepoch('\(literal.text)')"
        }
        let literals = values(test)
        switch test.operation {
        case .isIn, .equal: return literals.map { one($0, "=") }.joined(separator: " OR ")
        case .notIn, .notEqual: return "NOT (" + literals.map { one($0, "=") }.joined(separator: " OR ") + ")"
        case .between: return "\(one(literals[0], ">=")) AND \(one(literals[1], "<="))"
        case .before: return one(literals[0], "<")
        case .after: return one(literals[0], ">")
        case .withinDays: return "m BETWEEN \(Self.now) - \(literals[0]!.text) * 86400 AND \(Self.now)"
        case .inNextDays: return "m BETWEEN \(Self.now) AND \(Self.now) + \(literals[0]!.text) * 86400"
        case .olderThanDays: return "m < \(Self.now) - \(literals[0]!.text) * 86400"
        default: return one(literals[0], test.operation.rawValue)
        }
    }

    private func begin(_ literal: Literal) -> Int64 {
        if literal.kind == .day { return Int64(CalendarDate(literal.text.utf8)!.daysSinceEpoch) * 86_400 - 7_200 }
        return Timestamp.parse(literal.text)!
    }

    private func values(_ test: Condition.Test) -> [Literal?] {
        switch test.value {
        case .scalar(let literal): [literal]
        case .list(let values): values.map { if case .scalar(let literal) = $0 { literal } else { nil } }
        default: []
        }
    }

    private func sql(_ literal: Literal, _ type: ColumnType, _ ignoresCase: Bool) -> String {
        switch type {
        case .text, .date, .list, .json:
            let text = "'" + literal.text.replacing("'", with: "''") + "'"
            return ignoresCase ? "lower(\(text))" : literal.kind == .number ? literal.text : text
        case .boolean: return literal.text == "true" ? "1" : "0"
        default: return literal.text
        }
    }
}

extension Cell {
    package var databaseValue: DatabaseValue {
        switch self {
        case .null, .unreadable: .null
        case .text(let text): text.databaseValue
        case .integer(let value): value.databaseValue
        case .number(let value): value.databaseValue
        }
    }
}

import GRDB
import HooklineCore
import Support
import Testing

/// Random rules over random rows pick what the same conditions pick in SQLite.
@Suite("Segment rules agree with SQL")
struct RulesAgainstSQLTests {
    private static let columns = [HooklineCore.Column("t", .text), HooklineCore.Column("i", .integer), HooklineCore.Column("n", .number)]
    private static let texts = ["", "a", "ab", "abc", "b", "B", "é", "a'b", "10", "9"]

    @Test("for any nesting of all, any and not", arguments: 1...300)
    func agree(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<40).map { _ in row(&random) }
        let condition = condition(depth: 4, &random)
        var selection: [UInt8] = []
        try RuleEvaluator(condition, columns: Self.columns, now: 0, today: CalendarDate(daysSinceEpoch: 0))
            .evaluate(RecordBatch(Self.columns, rows: rows), into: &selection)
        #expect(selection.indices.filter { selection[$0] == 1 } == (try pickedBySQL(condition, rows)), "seed \(seed)")
    }

    private func row(_ random: inout SeededGenerator) -> [Cell] {
        [
            Int.random(in: 0..<5, using: &random) == 0 ? .null : .text(Self.texts.randomElement(using: &random)!),
            Int.random(in: 0..<5, using: &random) == 0 ? .null : .integer(.random(in: -3...3, using: &random)),
            Int.random(in: 0..<5, using: &random) == 0 ? .null : .number(Double(Int.random(in: -6...6, using: &random)) / 2),
        ]
    }

    private func condition(depth: Int, _ random: inout SeededGenerator) -> Condition {
        switch depth == 0 ? 3 : Int.random(in: 0...4, using: &random) {
        case 0: .all((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 1: .any((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 2: .not(condition(depth: depth - 1, &random))
        default: .test(test(&random))
        }
    }

    private func test(_ random: inout SeededGenerator) -> Condition.Test {
        let column = Self.columns.randomElement(using: &random)!
        var operations: [Condition.Operation] = [
            .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .notIn, .isNull, .isNotNull, .between,
        ]
        if column.type == .text { operations += [.contains, .startsWith, .endsWith] }
        let operation = operations.randomElement(using: &random)!
        func scalar() -> Condition.Value {
            switch column.type {
            case .text: .scalar(Self.texts.randomElement(using: &random)!)
            case .integer: .scalar(String(Int.random(in: -3...3, using: &random)))
            default: .scalar(String(Double(Int.random(in: -6...6, using: &random)) / 2))
            }
        }
        let value: Condition.Value? =
            switch operation.operand {
            case .none: nil
            case .scalar: scalar()
            case .pair: .list([scalar(), scalar()])
            case .list:
                .list(
                    (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 0..<6, using: &random) == 0 ? .null : scalar() })
            }
        return Condition.Test(field: column.name, operation: operation, value: value)
    }

    private func pickedBySQL(_ condition: Condition, _ rows: [[Cell]]) throws -> [Int] {
        let database = try DatabaseQueue()
        return try database.write { database in
            try database.execute(sql: "CREATE TABLE users(row INTEGER PRIMARY KEY, t TEXT, i INTEGER, n REAL)")
            for (number, row) in rows.enumerated() {
                let values = [number.databaseValue] + row.map(\.databaseValue)
                try database.execute(sql: "INSERT INTO users VALUES (?, ?, ?, ?)", arguments: StatementArguments(values))
            }
            return try Int.fetchAll(database, sql: "SELECT row FROM users WHERE \(sql(condition)) ORDER BY row")
        }
    }

    private func sql(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts): parts.isEmpty ? "1" : "(" + parts.map(sql).joined(separator: " AND ") + ")"
        case .any(let parts): parts.isEmpty ? "0" : "(" + parts.map(sql).joined(separator: " OR ") + ")"
        case .not(let part): "(NOT \(sql(part)))"
        case .test(let test): sql(test)
        }
    }

    private func sql(_ test: Condition.Test) -> String {
        let field = test.field
        switch test.operation {
        case .isNull: return "\(field) IS NULL"
        case .isNotNull: return "\(field) IS NOT NULL"
        case .isIn: return "\(field) IN (\(list(test)))"
        case .notIn: return "\(field) NOT IN (\(list(test)))"
        case .between:
            guard case .list(let pair)? = test.value else { return "" }
            return "\(field) BETWEEN \(literal(pair[0], field)) AND \(literal(pair[1], field))"
        case .contains: return "instr(\(field), \(literal(test.value!, field))) > 0"
        case .startsWith: return "substr(\(field), 1, length(\(literal(test.value!, field)))) = \(literal(test.value!, field))"
        case .endsWith:
            let part = literal(test.value!, field)
            return
                "(length(\(part)) = 0 AND \(field) IS NOT NULL OR substr(\(field), -length(\(part))) = \(part) AND length(\(field)) >= length(\(part)))"
        default: return "\(field) \(test.operation.rawValue) \(literal(test.value!, field))"
        }
    }

    private func list(_ test: Condition.Test) -> String {
        guard case .list(let values)? = test.value else { return "" }
        return values.map { literal($0, test.field) }.joined(separator: ", ")
    }

    private func literal(_ value: Condition.Value, _ field: String) -> String {
        guard case .scalar(let text) = value else { return "NULL" }
        return field == "t" ? "'" + text.replacing("'", with: "''") + "'" : text
    }
}

extension Cell {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .text(let text): text.databaseValue
        case .integer(let value): value.databaseValue
        case .number(let value): value.databaseValue
        }
    }
}

import Foundation
import GRDB
import HooklineCore
import Support

@testable import HooklineSources

/// A table with a typed column for everything that rules test, in any database.
struct TypedTable {
    static let fields: [(name: String, type: HooklineCore.ColumnType)] = [
        ("whole", .integer), ("amount", .number), ("price", .decimal), ("active", .boolean), ("day", .date), ("at", .timestamp),
        ("word", .text),
    ]
    private static let words = [
        "a", "ab", "abc", "B", "b", " b ", "é", "e\u{301}", "a'b", "\\", "a\\'; DROP TABLE t; --", "%_", "$1", "?", "10", "9", "", "  ",
        "NULL", "\u{00A0}nbsp\u{2003}", "日本", "ß", "SS", "😀", "a\nb",
    ]
    private static let days = ["0001-01-01", "1969-12-31", "2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "9999-12-31"]

    /// For each row, its values as SQL literals of PostgreSQL; nil for NULL.
    private var rows: [[String?]] = []
    private let random: SeededGenerator

    init(isMessy: Bool, _ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            rows.append(Self.fields.map { Int.random(in: 0..<5, using: &random) == 0 ? nil : Self.value($0.type, isMessy, &random) })
        }
        self.random = random
    }

    private static func value(_ type: HooklineCore.ColumnType, _ isMessy: Bool, _ random: inout SeededGenerator) -> String {
        let isBad = isMessy && Int.random(in: 0..<40, using: &random) == 0
        return switch type {
        case .integer: "\([Int64.min, -3, -1, 0, 1, 2, 9_007_199_254_740_993, Int64.max].randomElement(using: &random)!)"
        case .number: isBad ? "NaN" : ["-3.5", "0.1", "0.30000000000000004", "0", "1e300", "2"].randomElement(using: &random)!
        case .decimal: ["-3.50", "0.1", "0.10", "12345678901234.5678", "2"].randomElement(using: &random)!
        case .boolean: Bool.random(using: &random) ? "true" : "false"
        case .date: isBad ? "infinity" : days.randomElement(using: &random)!
        case .timestamp: time(Bool.random(using: &random) ? RandomRules.now : -2, &random)
        default: words.randomElement(using: &random)!
        }
    }

    private static func time(_ near: Int64, _ random: inout SeededGenerator) -> String {
        String(Timestamp.text(near + .random(in: -3...3, using: &random)).dropLast()).replacing("T", with: " ")
    }

    // MARK: Rules

    static func condition(depth: Int, _ random: inout SeededGenerator) -> Condition {
        switch depth == 0 ? 3 : Int.random(in: 0...4, using: &random) {
        case 0: .all((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 1: .any((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, &random) })
        case 2: .not(condition(depth: depth - 1, &random))
        default: .test(test(&random))
        }
    }

    static func test(_ random: inout SeededGenerator) -> Condition.Test {
        let field = fields.randomElement(using: &random)!
        let isText = field.type == .text
        var operations: [Condition.Operation] = [.equal, .notEqual, .isIn, .notIn]
        // A text that is tested for NULL keeps everything from being pushed down.
        if !isText || Int.random(in: 0..<20, using: &random) == 0 { operations += [.isNull, .isNotNull] }
        if field.type != .boolean { operations += [.less, .lessOrEqual, .greater, .greaterOrEqual, .between] }
        if isText { operations += [.contains, .startsWith, .endsWith, .contains, .startsWith, .endsWith] }
        if field.type == .timestamp || field.type == .date {
            operations += [.before, .after, .withinDays, .olderThanDays, .inNextDays, .anniversaryWithinDays]
        }
        let operation = operations.randomElement(using: &random)!
        let counts: [Condition.Operation] = [.withinDays, .olderThanDays, .inNextDays, .anniversaryWithinDays]
        func literal() -> Literal {
            counts.contains(operation)
                ? Literal(String(Int.random(in: 0...60, using: &random)), .number) : Self.literal(field.type, &random)
        }
        let value: Condition.Value? =
            switch operation.operand {
            case .none: nil
            case .scalar: .scalar(literal())
            case .pair: pair(literal(), literal(), field.type)
            case .list:
                .list(
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        Int.random(in: 0..<6, using: &random) == 0 ? .null : .scalar(literal())
                    })
            }
        let ignoresCase = isText && operation.canIgnoreCase && Int.random(in: 0..<8, using: &random) == 0
        return Condition.Test(field: field.name, operation: operation, value: value, ignoresCase: ignoresCase)
    }

    static func literal(_ type: HooklineCore.ColumnType, _ random: inout SeededGenerator) -> Literal {
        switch type {
        case .integer: Literal(["-9223372036854775808", "-1", "0", "1", "9007199254740993"].randomElement(using: &random)!, .number)
        case .number: Literal(["-3.5", "0.1", "0.3", "0", "1e300", "5"].randomElement(using: &random)!, .number)
        case .decimal: Literal(["-3.5", "0.1", "0.1000", "12345678901234.5678", "0.00001", "2"].randomElement(using: &random)!, .number)
        case .boolean: Literal(Bool.random(using: &random) ? "true" : "false", .boolean)
        case .date: Literal((days + ["0000-01-01"]).randomElement(using: &random)!, .day)
        case .timestamp:
            Bool.random(using: &random)
                ? Literal((days + ["0000-01-01"]).randomElement(using: &random)!, .day)
                : Literal(time(RandomRules.now, &random) + "Z", .moment)
        default: Literal(words.filter { !$0.isEmpty }.randomElement(using: &random)!, .text)
        }
    }

    private static func pair(_ one: Literal, _ other: Literal, _ type: HooklineCore.ColumnType) -> Condition.Value {
        let isTurned =
            switch type {
            case .integer: Int64(one.text)! > Int64(other.text)!
            case .number: Double(one.text)! > Double(other.text)!
            case .decimal: DecimalText.compare(Array(one.text.utf8), Array(other.text.utf8)) > 0
            default: other.text.utf8.lexicographicallyPrecedes(one.text.utf8)
            }
        return .list([.scalar(isTurned ? other : one), .scalar(isTurned ? one : other)])
    }

    // MARK: Databases

    /// Gives `body` a source that holds the table, and a model of it.
    ///
    /// Only the fields that rules name are read, as in a run: a database in which every value has its own type must know that all of them fit.
    func with(_ kind: SourceConfiguration.Kind, _ rules: Condition, _ body: (SourceConfiguration, Model) throws -> Void) throws {
        var model = Model(table: "t", primaryKey: "id", columns: [.init("word", .text)], onBadValue: .null)
        model.used = rules.fields.union(["id", "email"])
        switch kind {
        case .sqlite:
            let file = TemporaryFile()
            let queue = try DatabaseQueue(path: file.path)
            try queue.write { try $0.execute(sql: statements(kind)) }
            // SQLite has no declared type for exact decimals.
            model.columns.append(.init("price", .decimal))
            try body(SourceConfiguration(name: "shop", kind: .sqlite, path: file.path), model)
        case .duckdb:
            let folder = try DuckDBFolder()
            try DuckDBCommand.run(statements(kind), in: folder.path, database: "t.duckdb")
            try withExtendedLifetime(folder) { try body(folder.source(database: "t.duckdb"), model) }
        default:
            let schema = try PostgresSchema(statements(kind))
            try withExtendedLifetime(schema) { try body(kind == .postgres ? schema.source : schema.source(through: kind), model) }
        }
    }

    private func statements(_ kind: SourceConfiguration.Kind) -> String {
        let types =
            switch kind {
            case .sqlite: ["INTEGER", "REAL", "NUMERIC", "BOOLEAN", "DATE", "TIMESTAMP", "TEXT COLLATE NOCASE"]
            case .duckdb: ["BIGINT", "DOUBLE", "DECIMAL(30, 4)", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR COLLATE NOCASE"]
            default: ["bigint", "double precision", "numeric(30, 4)", "boolean", "date", "timestamptz", "text"]
            }
        let columns = zip(Self.fields, types).map { "\"\($0.name)\" \($1)" }.joined(separator: ", ")
        let tuples = rows.enumerated().map { number, row in
            let values = zip(row, Self.fields).map { value, field in Self.written(value, field.type, kind) }
            return "(\(number + 1), 'User\(number)@Example.com', \(values.joined(separator: ", ")))"
        }
        let insert = tuples.isEmpty ? "" : "; INSERT INTO t VALUES \(tuples.joined(separator: ", "))"
        return "CREATE TABLE t (id bigint PRIMARY KEY, email varchar(80), \(columns))\(insert)"
    }

    private static func written(_ value: String?, _ type: HooklineCore.ColumnType, _ kind: SourceConfiguration.Kind) -> String {
        guard let value else { return "NULL" }
        if kind == .sqlite {
            switch type {
            case .boolean: return value == "true" ? "1" : "0"
            case .integer, .decimal: return value
            case .number: return value == "NaN" ? "'NaN'" : value
            default: break
            }
        }
        if type == .timestamp, kind != .sqlite, kind != .duckdb { return "'\(value)+00'" }
        if type == .text, kind == .duckdb { return "decode(from_hex('\(value.utf8.map(\.hexadecimal).joined())'))" }
        return PostgresSchema.literal(value)
    }
}

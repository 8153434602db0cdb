import Foundation
import GRDB
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Fields made of related rows")
struct RelationPropertyTests {
    private static let kinds: [SourceConfiguration.Kind] = [.csv, .jsonl, .sqlite, .postgres]
    private static let users: [Int64] = Array(1...6)

    @Test("are those that SQLite makes, whatever source has the related rows", arguments: UInt64(1)...40)
    func agree(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rules = RandomRules()
        let orders = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            RandomRules.columns.map { column in
                let cell = rules.cell(column.type, &random)
                return column.type == .text && cell == .unreadable ? Support.Cell.null : cell
            }
        }
        let keys = orders.map { _ in Bool.random(using: &random) ? Int64.random(in: 1...8, using: &random) : nil }
        let condition = rules.condition(depth: 2, &random)
        let expected = try Self.made(of: orders, keys, picked: Set(rules.pickedBySQL(condition, orders)))
        let fields = [
            AggregatedField("count", .count, where: condition), AggregatedField("sum", .sum, of: "x", where: condition),
            AggregatedField("min", .min, of: "i", where: condition), AggregatedField("max", .max, of: "m", where: condition),
            AggregatedField("last", .last, of: "t", by: "m", where: condition),
        ]
        let table = SourceTable(
            names: RandomRules.columns.map(\.name) + ["customer"],
            rows: zip(orders, keys).map { row, key in
                zip(row, RandomRules.columns).map { Self.written($0, $1.type) } + [key.map { .integer($0) } ?? .null]
            })
        for kind in Self.kinds {
            let found = try read(table, kind, fields)
            #expect(found == expected, "seed \(seed), \(kind): \(rules.sql(condition))")
        }
    }

    /// The users, from a CSV file, with the fields.
    private func read(_ table: SourceTable, _ kind: SourceConfiguration.Kind, _ fields: [AggregatedField]) throws -> [[String?]] {
        let (own, other) = (TemporaryFile(), TemporaryFile())
        let list = Self.users.map(String.init).joined(separator: "\n")
        try Data("id,name\n\(list.replacing("\n", with: ",x\n")),x\n,y\n".utf8).write(to: URL(fileURLWithPath: own.path))
        var related = Model(columns: RandomRules.columns.map { .init($0.name, $0.type) } + [.init("customer", .integer)], onBadValue: .null)
        related.timezone = RandomRules.zone
        var source = SourceConfiguration(name: "orders", kind: kind, path: other.path)
        var schema: PostgresSchema?
        switch kind {
        case .csv: try Data(table.csv.utf8).write(to: URL(fileURLWithPath: other.path))
        case .jsonl: try Data(table.jsonl.utf8).write(to: URL(fileURLWithPath: other.path))
        case .postgres:
            schema = try PostgresSchema(table.statements)
            source = try #require(schema).source
            related.table = "t"
        default:
            try table.writeDatabase(other.path)
            related.table = "t"
        }
        source.trims = false
        var model = Model(primaryKey: "id", columns: [.init("id", .integer)])
        model.relations = [Relation(name: "orders", key: "id", relatedKey: "customer", source: source, model: related, aggregates: fields)]
        let users = SourceConfiguration(name: "users", kind: .csv, path: own.path)
        let cursor = try SourceFactory.source(users, model: model).open(at: RandomRules.now) { false }
        let read = try RowsRead(cursor, limit: 4)
        withExtendedLifetime(schema) {}
        #expect(cursor.columns.map(\.name) == ["id", "name"] + fields.map(\.name))
        return read.rows.map { row in [row[0]] + row[2...].map { $0 } }
    }

    /// What SQLite makes of the picked rows for each user.
    private static func made(of orders: [[Support.Cell]], _ keys: [Int64?], picked: Set<Int>) throws -> [[String?]] {
        let database = try DatabaseQueue()
        return try database.write { database in
            let names = RandomRules.columns.flatMap { [$0.name, "\($0.name)_unreadable"] }.joined(separator: ", ")
            try database.execute(sql: "CREATE TABLE o(c, picked, \(names)); CREATE TABLE u(id)")
            for id in users { try database.execute(sql: "INSERT INTO u VALUES (?)", arguments: [id]) }
            try database.execute(sql: "INSERT INTO u VALUES (NULL)")
            for (number, order) in orders.enumerated() {
                var values: [DatabaseValue] = [keys[number].databaseValue, picked.contains(number).databaseValue]
                values += order.flatMap { [$0.databaseValue, ($0 == .unreadable).databaseValue] }
                let marks = values.map { _ in "?" }.joined(separator: ", ")
                try database.execute(sql: "INSERT INTO o VALUES (\(marks))", arguments: StatementArguments(values))
            }
            let unknown = RowsRead.unknown
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, count(c),
                        CASE WHEN max(x_unreadable) THEN '\(unknown)' ELSE sum(CAST(x AS REAL)) END,
                        CASE WHEN max(i_unreadable) THEN '\(unknown)' ELSE min(i) END,
                        CASE WHEN max(m_unreadable) THEN '\(unknown)' ELSE max(m) END,
                        CASE WHEN max(m_unreadable OR t_unreadable) THEN '\(unknown)' ELSE
                            (SELECT t FROM o l WHERE l.c = id AND l.picked AND l.m IS NOT NULL ORDER BY m DESC, t DESC LIMIT 1) END
                    FROM u LEFT JOIN o ON c = id AND picked GROUP BY u.rowid ORDER BY u.rowid
                    """)
            return rows.map { row in
                row.databaseValues.map { value in
                    if let number = value.storage.value as? Double { return Int64(exactly: number).map(String.init) ?? String(number) }
                    return value.isNull ? nil : "\(value.storage.value ?? "")"
                }
            }
        }
    }

    private static func written(_ cell: Support.Cell, _ type: HooklineCore.ColumnType) -> SourceTable.Cell {
        switch (cell, type) {
        case (.null, _): .null
        case (.unreadable, _): .text("?")
        case (.text(let text), _): .text(text)
        case (.integer(let value), .boolean): .boolean(value == 1)
        case (.integer(let value), .timestamp): .text(Timestamp.text(value))
        case (.integer(let value), _): .integer(value)
        case (.number(let value), _): .number(value)
        }
    }
}

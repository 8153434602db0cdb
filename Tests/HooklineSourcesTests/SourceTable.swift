import Foundation
import GRDB
import HooklineCore
import Support

@testable import HooklineSources

/// A table of values that can be read from every kind of source.
struct SourceTable {
    /// A value as a program stores it.
    enum Cell: Equatable {
        case null
        case text(String)
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
    }

    /// The kinds of source that can hold the table.
    static let kinds: [SourceConfiguration.Kind] = [.csv, .jsonl, .sqlite, .duckdb, .postgres, .odbc, .adbc]

    /// Those kinds for one of many seeds: a driver starts a process and signs in twice for each table, so it gets every fifth.
    static func kinds(for seed: UInt64) -> [SourceConfiguration.Kind] { kinds.filter { !$0.hasDriver || seed % 5 == 0 } }

    var names: [String]
    var rows: [[Cell]]

    /// A table with one column of values and one that numbers the rows.
    static func column(_ cells: [Cell]) -> SourceTable {
        SourceTable(names: ["v", "row"], rows: cells.enumerated().map { [$1, .text("row \($0)")] })
    }

    /// Reads the table from a source of the given kind.
    func read(
        from kind: SourceConfiguration.Kind, _ model: Model, configure: (inout SourceConfiguration) -> Void = { _ in }
    ) throws -> RowsRead {
        try withSource(from: kind, model, configure) { try RowsRead($0.open()) }
    }

    /// The indexes of the rows that rules select when read from a source of the given kind.
    func selected(
        from kind: SourceConfiguration.Kind, _ model: Model, by condition: Condition, _ zone: ZoneOffsets,
        configure: (inout SourceConfiguration) -> Void
    ) throws -> [Int] {
        try withSource(from: kind, model, configure) { source in
            let ranks = try Ranks(condition, now: RandomRules.now, zone: zone, spilling: nil) { try source.open().readAll($0, $1) }
            let cursor = try source.open()
            var batch = RecordBatch(columns: cursor.columns)
            var selection: [UInt8] = []
            var selected: [Int] = []
            let rules = try RuleEvaluator(condition, columns: cursor.columns, now: RandomRules.now, zone: zone, ranks: ranks)
            while try cursor.read(into: &batch, limit: 7) {
                rules.evaluate(batch, into: &selection)
                selected += selection.indices.filter { selection[$0] == 1 }.map { batch.rowNumbers[$0] - 1 }
            }
            return selected
        }
    }

    private func withSource<Result>(
        from kind: SourceConfiguration.Kind, _ model: Model, _ configure: (inout SourceConfiguration) -> Void,
        _ body: (any RowSource) throws -> Result
    ) throws -> Result {
        let file = TemporaryFile()
        var model = model
        switch kind {
        case .csv: try Data(csv.utf8).write(to: URL(fileURLWithPath: file.path))
        case .jsonl: try Data(jsonl.utf8).write(to: URL(fileURLWithPath: file.path))
        case .duckdb:
            let folder = try DuckDBFolder()
            try DuckDBCommand.run(statements.replacing("numeric", with: "double"), in: folder.path, database: "t.duckdb")
            model.table = "t"
            var configuration = try folder.source(database: "t.duckdb")
            configuration.name = "shop"
            configure(&configuration)
            return try withExtendedLifetime(folder) { try body(SourceFactory.source(configuration, model: model)) }
        case .postgres, .odbc, .adbc:
            let schema = try PostgresSchema(statements)
            model.table = "t"
            var configuration = kind == .postgres ? schema.source : try schema.source(through: kind)
            configure(&configuration)
            return try withExtendedLifetime(schema) { try body(SourceFactory.source(configuration, model: model)) }
        default:
            try writeDatabase(file.path)
            model.table = "t"
        }
        var configuration = SourceConfiguration(name: "shop", kind: kind, path: file.path)
        configure(&configuration)
        return try body(SourceFactory.source(configuration, model: model))
    }

    /// The table as CSV, with all text in quotes.
    var csv: String {
        func field(_ cell: Cell) -> String {
            switch cell {
            case .null: ""
            case .text(let text): "\"\(text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined())\""
            case .integer(let integer): String(integer)
            case .number(let number): String(number)
            case .boolean(let truth): truth ? "TRUE" : "FALSE"
            }
        }
        return ([names.map { field(.text($0)) }] + rows.map { $0.map(field) }).map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// The table as JSONL, with null for NULL.
    var jsonl: String {
        func text(_ text: String) -> String {
            let escaped = text.unicodeScalars.map { scalar in
                scalar == "\"" || scalar == "\\"
                    ? "\\\(scalar)" : scalar.value < 0x20 ? String(format: "\\u%04x", scalar.value) : String(scalar)
            }
            return "\"\(escaped.joined())\""
        }
        func value(_ cell: Cell) -> String {
            switch cell {
            case .null: "null"
            case .text(let string): text(string)
            case .integer(let integer): String(integer)
            case .number(let number): String(number)
            case .boolean(let truth): String(truth)
            }
        }
        return rows.map { row in "{" + zip(names, row).map { "\(text($0)):\(value($1))" }.joined(separator: ",") + "}\n" }.joined()
    }

    /// The statements that make the table `t` of a database. A column has the type that all of its values have, else text.
    var statements: String {
        let types = names.indices.map { column in Self.type(rows.map { $0[column] }) }
        let columns = zip(names, types).map { "\(PostgresSchema.quoted($0)) \($1)" }.joined(separator: ", ")
        let tuples = rows.map { row in "(" + row.map(Self.literal).joined(separator: ", ") + ")" }
        let insert = tuples.isEmpty ? "" : "; INSERT INTO t VALUES \(tuples.joined(separator: ", "))"
        return "CREATE TABLE t (\(columns))\(insert)"
    }

    private static func type(_ cells: [Cell]) -> String {
        var kinds: Set<String> = []
        for cell in cells {
            switch cell {
            case .null: break
            case .text: kinds.insert("text")
            case .integer: kinds.insert("bigint")
            case .number: kinds.insert("double precision")
            case .boolean: kinds.insert("boolean")
            }
        }
        return kinds.count == 1 ? kinds.first ?? "text" : kinds == ["bigint", "double precision"] ? "numeric" : "text"
    }

    private static func literal(_ cell: Cell) -> String {
        switch cell {
        case .null: "NULL"
        case .text(let text): PostgresSchema.literal(text)
        case .integer(let integer): "'\(integer)'"
        case .number(let number): "'\(number)'"
        case .boolean(let truth): "'\(truth)'"
        }
    }

    /// The table as `t` in a database, without declared types.
    func writeDatabase(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: "CREATE TABLE t (\(names.map { "\"\($0)\"" }.joined(separator: ", ")))")
            for row in rows {
                let values: [(any DatabaseValueConvertible)?] = row.map { cell in
                    switch cell {
                    case .null: nil
                    case .text(let text): text
                    case .integer(let integer): integer
                    case .number(let number): number
                    case .boolean(let truth): truth ? 1 : 0
                    }
                }
                let marks = row.map { _ in "?" }.joined(separator: ", ")
                try database.execute(sql: "INSERT INTO t VALUES (\(marks))", arguments: StatementArguments(values))
            }
        }
    }
}

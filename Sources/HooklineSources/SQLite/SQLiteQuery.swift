import GRDB
import GRDBSQLite
import HooklineCore
import Text

/// A model's query on an SQLite database.
struct SQLiteQuery {
    /// The columns of the query's rows, and the calculated fields.
    let agreement: ColumnAgreement

    /// The table that it reads; nil for a query.
    let table: String?
    /// The names of its columns in the table; nil for those that the table lacks.
    let names: [String?]

    private let sql: String
    private let model: Model

    /// Builds and checks the query.
    ///
    /// - Throws: `IssuesFound` if the model has neither a table nor a query, if the table is unknown, or if the query is not a single SELECT
    ///   that the database accepts and whose columns have different names.
    init(_ model: Model, of source: SourceConfiguration, in database: Database) throws {
        self.model = model
        let query: String
        if let sql = model.sql {
            query = sql
        } else if let table = model.table {
            try Self.check(table, model, source, database)
            query = "SELECT * FROM \(SQLText.name(table))"
        } else {
            throw IssuesFound(.badModel, "the source '\(source.name)' is a database; set `table` or `sql` of the model", model)
        }
        let statement = try Self.prepare(query, model, database)
        guard SQLiteStatementKind.isSelect(statement) else {
            throw IssuesFound(.badSQL, "`sql` is not a query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
        }
        guard sqlite3_bind_parameter_count(statement.sqliteStatement) == 0 else {
            let count = sqlite3_bind_parameter_count(statement.sqliteStatement)
            let names = (1...count).lazy.compactMap {
                sqlite3_bind_parameter_name(statement.sqliteStatement, $0).map { String(cString: $0) }
            }
            let name = names.first ?? "?"
            throw IssuesFound(
                .badSQL,
                "`sql` has the parameter '\(name.onOneLine)', but a query takes no parameters; write the value itself, or test it in `where:`, where a "
                    + "value may be \"${param:NAME}\"", model)
        }
        // SQLite's copy of the text stops at the end of the statement, before a semicolon and anything after it.
        let plain = statement.sql
        let found = (0..<statement.columnCount).map { index in
            let declared = sqlite3_column_decltype(statement.sqliteStatement, Int32(index)).map { String(cString: $0) }
            let type = SQLiteColumnType.of(declared)
            return HooklineCore.Column(statement.columnNames[index], type ?? .text, origin: type == nil ? .unknown : .source)
        }
        try UsedColumns(model).requireDifferentNames(found, model)
        let choice = try FieldChoice(model, source: source, found: found)
        agreement = try ColumnAgreement(model, source: source, found: choice.columns)
        table = model.sql == nil ? model.table : nil
        names = agreement.places.map { choice.indexes[$0].map { found[$0].name } }
        let isWhole = model.fields == nil && agreement.own.count == found.count
        sql = isWhole ? plain : Self.chosen(agreement, choice, found, from: plain)
    }

    /// Selects only the columns that are read, under the model's names.
    private static func chosen(_ agreement: ColumnAgreement, _ choice: FieldChoice, _ found: [HooklineCore.Column], from sql: String)
        -> String
    {
        let fields = zip(agreement.own, agreement.places).map { column, place in
            "\(choice.indexes[place].map { SQLText.name(found[$0].name) } ?? "NULL") AS \(SQLText.name(column.name))"
        }
        return "SELECT \(fields.isEmpty ? "NULL" : fields.joined(separator: ", ")) FROM \(SQLText.parenthesized(sql))"
    }

    /// Prepares the query.
    ///
    /// - Throws: `IssuesFound`.
    func statement(in database: Database) throws -> Statement { try Self.prepare(sql, model, database) }

    /// Prepares the query for the rows of a table of which a condition is true.
    ///
    /// - Throws: `DatabaseError`.
    func statement(where condition: String, _ values: [DatabaseValue], in database: Database) throws -> Statement {
        let statement = try database.makeStatement(sql: "\(sql) WHERE \(condition)")
        try statement.setArguments(StatementArguments(values))
        return statement
    }

    private static func check(_ table: String, _ model: Model, _ source: SourceConfiguration, _ database: Database) throws {
        let known = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
        if known.contains(where: { $0.lowercased() == table.lowercased() }) { return }
        throw IssuesFound(
            .unknownTable, "the source '\(source.name)' has no table or view '\(table)'\(NearestName.hint(table, among: known))", model)
    }

    private static func prepare(_ sql: String, _ model: Model, _ database: Database) throws -> Statement {
        do {
            return try database.makeStatement(sql: sql)
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_MISUSE {
                throw IssuesFound(.badSQL, "`sql` is empty, or more than one statement; write a single SELECT", model)
            }
            let place = SQLPlace(offset: Int(sqlite3_error_offset(database.sqliteConnection)), in: sql)
            let hint = try Self.hint(error.message ?? "", database)
            throw IssuesFound(
                .badSQL,
                "SQLite rejects the query\(place.map { " at \($0.text)" } ?? ""): \(error.message ?? "\(error.resultCode)")\(hint)",
                model)
        }
    }

    /// Suggests the nearest table if the query names one that does not exist.
    private static func hint(_ message: String, _ database: Database) throws -> String {
        let unknown = "no such table: "
        guard message.hasPrefix(unknown) else { return "" }
        let known = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
        return NearestName.hint(String(message.dropFirst(unknown.count)), among: known)
    }
}

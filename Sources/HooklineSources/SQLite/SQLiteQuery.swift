import GRDB
import GRDBSQLite
import HooklineCore
import Text

/// The query of a model on an SQLite database.
struct SQLiteQuery {
    /// The columns of its rows, without the calculated fields, with the types that the database declares.
    let columns: [HooklineCore.Column]

    private let sql: String
    private let model: Model

    /// Builds the query, and checks it.
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
            throw Self.found(.badModel, "the source '\(source.name)' is a database; set `table` or `sql` of the model", model)
        }
        let statement = try Self.prepare(query, model, database)
        guard SQLiteStatementKind.isSelect(statement) else {
            throw Self.found(.badSQL, "`sql` is not a query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
        }
        guard sqlite3_bind_parameter_count(statement.sqliteStatement) == 0 else {
            throw Self.found(.badSQL, "`sql` has a parameter that nothing sets; write the value, or use ${param:…}", model)
        }
        // SQLite's copy ends with the statement, before a semicolon and what follows it.
        let plain = statement.sql
        let found = (0..<statement.columnCount).map { index in
            let declared = sqlite3_column_decltype(statement.sqliteStatement, Int32(index)).map { String(cString: $0) }
            return HooklineCore.Column(statement.columnNames[index], SQLiteColumnType.of(declared))
        }
        var seen: Set<String> = []
        if let twice = found.first(where: { !seen.insert($0.name).inserted }) {
            throw Self.found(.duplicateColumn, "the query has two columns named '\(twice.name)'; name each with AS", model)
        }
        let choice = try FieldChoice(model, source: source, found: found)
        columns = choice.columns
        sql = model.fields == nil ? plain : Self.chosen(choice, found, from: plain)
    }

    /// The query for the fields of the model only, with its names.
    private static func chosen(_ choice: FieldChoice, _ found: [HooklineCore.Column], from sql: String) -> String {
        let fields = zip(choice.columns, choice.indexes).map { column, index in
            "\(index.map { SQLText.name(found[$0].name) } ?? "NULL") AS \(SQLText.name(column.name))"
        }
        return "SELECT \(fields.joined(separator: ", ")) FROM \(SQLText.parenthesized(sql))"
    }

    /// The prepared query, with the calculated fields after its columns.
    ///
    /// - Throws: `IssuesFound`.
    func statement(in database: Database) throws -> Statement {
        if model.calculated.isEmpty { return try Self.prepare(sql, model, database) }
        let fields = model.calculated.map { "\(SQLText.parenthesized($0.expression)) AS \(SQLText.name($0.name))" }
        let inner = SQLText.parenthesized(sql)
        return try Self.prepare("SELECT *, \(fields.joined(separator: ", ")) FROM \(inner)", model, database)
    }

    private static func check(_ table: String, _ model: Model, _ source: SourceConfiguration, _ database: Database) throws {
        let known = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
        if known.contains(where: { $0.lowercased() == table.lowercased() }) { return }
        throw found(
            .unknownTable, "the source '\(source.name)' has no table or view '\(table)'\(NearestName.hint(table, among: known))", model)
    }

    private static func prepare(_ sql: String, _ model: Model, _ database: Database) throws -> Statement {
        do {
            return try database.makeStatement(sql: sql)
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_MISUSE {
                throw found(.badSQL, "`sql` is empty, or more than one statement; write a single SELECT", model)
            }
            throw found(.badSQL, "SQLite rejects the query: \(error.message ?? "\(error.resultCode)")", model)
        }
    }

    private static func found(_ code: SourceError.Code, _ message: String, _ model: Model) -> IssuesFound {
        IssuesFound([Issue(code.rawValue, message, at: model.position)])
    }
}

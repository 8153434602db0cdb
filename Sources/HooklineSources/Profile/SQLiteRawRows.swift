import GRDB
import HooklineCore

/// The cells of a table or query in an SQLite database.
final class SQLiteRawRows: RawRows {
    let names: [String]
    let allowsLeadingZeros = false

    private let rows: SQLiteRows

    /// - Throws: `SourceError` for the file; `IssuesFound` for an unknown table or a query that the database rejects.
    init(_ configuration: SourceConfiguration, model: Model, isCancelled: @escaping @Sendable () -> Bool) throws {
        let database = try SQLiteFile.open(configuration.path)
        let (query, statement) = try database.inDatabase { connection in
            try connection.execute(sql: "BEGIN DEFERRED TRANSACTION")
            let query = try SQLiteQuery(model, of: configuration, in: connection)
            return (query, try query.statement(in: connection))
        }
        names = query.agreement.own.map(\.name)
        rows = SQLiteRows(database, statement, source: configuration.name)
        rows.patience.isCancelled = isCancelled
    }

    func hold(_ reading: () throws -> Void) throws { try rows.hold(reading) }

    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool {
        guard try rows.step() else { return false }
        for index in names.indices {
            visit(index, .sqlite(SQLiteCell(rows.statement.sqliteStatement, at: Int32(truncatingIfNeeded: index))))
        }
        return true
    }
}

/// The tables of an SQLite database that a model can name.
package enum SQLiteTables {
    /// The names of the tables and views, sorted, without SQLite's own.
    ///
    /// - Throws: `SourceError` for the file.
    package static func names(in configuration: SourceConfiguration) throws -> [String] {
        try SQLiteFile.open(configuration.path).inDatabase {
            try String.fetchAll(
                $0,
                sql:
                    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            )
        }
    }
}

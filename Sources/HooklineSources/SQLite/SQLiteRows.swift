import GRDB
import GRDBSQLite
import HooklineCore

/// Steps through the rows of an SQLite query, inside one read transaction.
final class SQLiteRows {
    private(set) var statement: Statement
    let patience = QueryPatience()

    private let database: DatabaseQueue
    private let source: String
    /// How many rows have been read.
    private var count = 0
    private var hasEnded = false

    /// - Parameters:
    ///   - database: the database.
    ///   - statement: a query on it; its connection must be in a transaction.
    ///   - source: the name of the source.
    init(_ database: DatabaseQueue, _ statement: Statement, source: String) {
        self.database = database
        self.statement = statement
        self.source = source
    }

    /// Holds the connection while `reading` calls `step`.
    func hold<Value>(_ reading: () throws -> Value) throws -> Value {
        try database.inDatabase { connection in try patience.watch(connection, reading) }
    }

    /// Moves to the next row; false at the end. Call it inside `hold`.
    ///
    /// - Throws: `sources.record_too_large`, `sources.query_failed`; `CancellationError` when the time is up.
    func step() throws -> Bool {
        if hasEnded { return false }
        let sqlite = statement.sqliteStatement
        switch sqlite3_step(sqlite) {
        case SQLITE_ROW:
            count += 1
            return true
        case SQLITE_DONE:
            hasEnded = true
            // Releases the snapshot, so that the writer can checkpoint before the run ends.
            sqlite3_reset(sqlite)
            sqlite3_exec(sqlite3_db_handle(sqlite), "ROLLBACK", nil, nil, nil)
            return false
        // Only `QueryPatience` interrupts this connection.
        case SQLITE_INTERRUPT: throw CancellationError()
        case SQLITE_TOOBIG:
            throw SourceError(
                .recordTooLarge, at: .init(source, row: count + 1),
                "the row, or a value computed for it, is larger than \(SQLiteFile.longestValue >> 20) MB")
        default:
            throw SourceError(
                .queryFailed, at: .init(source, row: count + 1), "SQLite stopped before its last row: \(SQLText.reason(sqlite))")
        }
    }

    /// Leaves out rows of a table by a filter.
    ///
    /// - Returns: what is left out, and how many rows are not.
    /// - Throws: `CancellationError`.
    func leaveOut(
        by filter: RowFilter, _ table: String, _ query: SQLiteQuery, _ own: [HooklineCore.Column], _ format: CellFormat
    ) throws -> (RowsLeftOut, Int?) {
        try database.inDatabase { connection in
            try patience.watch(connection) {
                do {
                    guard let facts = try SQLiteColumns(table: table, in: connection) else { return (.nothing(RowsLeftOut.query), nil) }
                    let columns = zip(own, query.names).map { facts.column($0, $1, format) }
                    let survey = RowSurvey(columns: columns, filter: filter, table: SQLText.name(table), dialect: SQLiteDialect())
                    let outcome = try survey.outcome { query, _, dialect in
                        try Row.fetchOne(connection, sql: query, arguments: StatementArguments(dialect.values)).map { row in
                            row.databaseValues.map { Int64.fromDatabaseValue($0).map(String.init) }
                        }
                    }
                    guard case .leavesOut(let found) = outcome else { return (outcome.leftOut, nil) }
                    statement = try query.statement(where: found.condition, found.dialect.values, in: connection)
                    return (found.leftOut, found.rows)
                } catch let error as DatabaseError {
                    if error.resultCode == .SQLITE_INTERRUPT { throw CancellationError() }
                    return (.nothing(RowsLeftOut.refused), nil)
                }
            }
        }
    }
}

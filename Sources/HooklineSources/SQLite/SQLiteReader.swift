import GRDB
import GRDBSQLite
import HooklineCore

/// Reads the rows of an SQLite query into batches, inside one read transaction.
final class SQLiteReader: RowReader {
    let columns: [HooklineCore.Column]
    private(set) var counter: RowCounter

    private let database: DatabaseQueue
    private let statement: Statement
    private let source: String
    /// The columns whose values have a length.
    private let byteColumns: [Int32]
    private let patience = QueryPatience()
    private var hasEnded = false

    /// Reads the rows of a statement, whose connection must be in a transaction.
    init(_ database: DatabaseQueue, statement: Statement, source: String, agreement: ColumnAgreement, model: Model) {
        self.database = database
        self.statement = statement
        self.source = source
        columns = agreement.all
        byteColumns = agreement.all.indices.filter { agreement.all[$0].type.storage == .bytes }.map { Int32($0) }
        counter = RowCounter(model)
    }

    func hold(_ reading: () throws -> Void) throws {
        try database.inDatabase { connection in try patience.watch(connection, reading) }
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { patience.isCancelled = isCancelled }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        let sqlite = statement.sqliteStatement
        guard try step(sqlite) else { return nil }
        counter.beginRow()
        for index in columns.indices where !batch.columns[index].append(fitting: sqlite, at: Int32(truncatingIfNeeded: index)) {
            guard try counter.meetBadValue(of: index, in: &batch, at: location) else { return 0 }
        }
        counter.endRow(of: &batch)
        return byteColumns.reduce(0) { $0 + Int(sqlite3_column_bytes(sqlite, $1)) }
    }

    private var location: SourceError.Location { .init(source, row: counter.rowsRead) }

    private func step(_ sqlite: SQLiteStatement) throws -> Bool {
        if hasEnded { return false }
        switch sqlite3_step(sqlite) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            hasEnded = true
            // Releases the snapshot, so that a writer's checkpoint need not wait for the rest of the run.
            sqlite3_reset(sqlite)
            sqlite3_exec(sqlite3_db_handle(sqlite), "ROLLBACK", nil, nil, nil)
            return false
        // Only `QueryPatience` interrupts this connection.
        case SQLITE_INTERRUPT: throw CancellationError()
        case SQLITE_TOOBIG:
            throw SourceError(
                .recordTooLarge, at: .init(source, row: counter.rowsRead + 1),
                "the row, or a value that the query builds for it, has more than \(SQLiteFile.longestValue >> 20) MB")
        default:
            throw SourceError(
                .queryFailed, at: .init(source, row: counter.rowsRead + 1), "SQLite failed before the last row: \(SQLText.reason(sqlite))")
        }
    }
}

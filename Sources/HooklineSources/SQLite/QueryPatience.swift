import GRDB
import GRDBSQLite

/// Ends a query that goes on without a row when its task is cancelled or its time is over.
///
/// A recursive query can count for ever before its first row, and a join can take hours: `sqlite3_step` returns from neither.
final class QueryPatience {
    /// Whether the time is over; asked on the task that reads.
    var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

    /// Steps of SQLite's machine between two questions: below a millisecond, and far too many to cost anything.
    private static let steps: Int32 = 20_000

    /// Runs `body`, whose queries then end with `SQLITE_INTERRUPT` once the time is over.
    func watch<Value>(_ connection: Database, _ body: () throws -> Value) rethrows -> Value {
        let handle = connection.sqliteConnection
        sqlite3_progress_handler(
            handle, Self.steps,
            { context in context.map { Unmanaged<QueryPatience>.fromOpaque($0).takeUnretainedValue().isCancelled() } == true ? 1 : 0 },
            Unmanaged.passUnretained(self).toOpaque())
        defer { sqlite3_progress_handler(handle, 0, nil, nil) }
        return try withExtendedLifetime(self) { try body() }
    }
}

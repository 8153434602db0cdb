import GRDB
import GRDBSQLite

/// Ends a query whose next row takes too long.
///
/// A recursive query can run forever before its first row, and a join can take hours. `sqlite3_step` does not return in the meantime.
final class QueryPatience {
    /// Whether to end the query. Called on the task that reads.
    var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

    /// Virtual machine instructions between two checks: less than a millisecond, and too many for the checks to cost anything.
    private static let steps: Int32 = 20_000

    /// Runs `body`, whose queries end with `SQLITE_INTERRUPT` once `isCancelled` returns true.
    ///
    /// - Throws: what `body` throws.
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

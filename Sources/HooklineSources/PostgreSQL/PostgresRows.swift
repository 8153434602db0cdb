import HooklineCore
import PostgreSQL

/// The rows of a server's query, of which only one is in memory.
final class PostgresRows: QueryRows {
    let kinds: [QueryCell.Kind]

    private let session: PostgresSession
    private let sql: String
    /// How many rows have been read.
    private var count = 0
    private var hasStarted = false
    private var hasEnded = false

    /// The most bytes of one value.
    private static let longestValue = 128 << 20

    init(_ session: PostgresSession, _ query: PostgresQuery) {
        self.session = session
        sql = query.sql
        kinds = query.kinds
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { session.connection.isCancelled = isCancelled }

    /// Moves to the next row; false at the end. The first step runs the query.
    ///
    /// - Throws: `SourceError`; `CancellationError` when the time is up.
    func step() throws -> Bool {
        if hasEnded { return false }
        do {
            if !hasStarted { try session.connection.start(sql) }
            hasStarted = true
            guard try session.connection.next() else {
                hasEnded = true
                session.connection.close()
                return false
            }
        } catch let fault as PostgresFault {
            throw SourceError(fault, of: session, row: count + 1)
        }
        count += 1
        return true
    }

    /// A value of the row.
    ///
    /// - Throws: `sources.record_too_large`.
    func cell(at index: Int) throws -> QueryCell {
        let bytes = session.connection.value(at: index)
        if let bytes, bytes.count > Self.longestValue {
            throw SourceError(
                .recordTooLarge, at: .init(session.source.name, row: count),
                "a value of the row is larger than \(Self.longestValue >> 20) MB")
        }
        return QueryCell(kind: kinds[index], bytes: bytes)
    }
}

import Synchronization

/// The first rows of another source. After reading them, it knows whether there are more.
package struct FirstRows: RowSource {
    private let source: any RowSource
    private let limit: Int
    private let end = End()

    /// Whether the source has more rows; valid after all of the first rows have been read.
    package var isCut: Bool { end.isCut.withLock { $0 } }

    package init(of source: any RowSource, limit: Int) {
        self.source = source
        self.limit = limit
    }

    package func open() throws -> any RowCursor { Cursor(cursor: try source.open(), left: limit, end: end) }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        Cursor(cursor: try source.open(isCancelled: isCancelled), left: limit, end: end)
    }

    package func open(at now: Int64, isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        Cursor(cursor: try source.open(at: now, isCancelled: isCancelled), left: limit, end: end)
    }

    private final class End: Sendable {
        let isCut = Mutex(false)
    }

    /// The counts of a cursor at one moment.
    private struct Counts: Sendable {
        let rowsRead: Int
        let rowsDropped: Int
        let unreadable: [ColumnCount]
        let nullWords: [ColumnCount]

        init(_ cursor: any RowCursor) {
            rowsRead = cursor.rowsRead
            rowsDropped = cursor.rowsDropped
            unreadable = cursor.unreadable
            nullWords = cursor.nullWords
        }
    }

    private final class Cursor: RowCursor {
        private let cursor: any RowCursor
        private let left: Mutex<Int>
        private let end: End
        /// The counts at the limit, which looking for another row must not change.
        private let atLimit = Mutex<Counts?>(nil)

        init(cursor: any RowCursor, left: Int, end: End) {
            self.cursor = cursor
            self.left = Mutex(left)
            self.end = end
        }

        private var counts: Counts { atLimit.withLock { $0 } ?? Counts(cursor) }

        var columns: [Column] { cursor.columns }
        var rowsRead: Int { counts.rowsRead }
        var rowsDropped: Int { counts.rowsDropped }
        var unreadable: [ColumnCount] { counts.unreadable }
        var nullWords: [ColumnCount] { counts.nullWords }

        func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { cursor.setCancellationCheck(isCancelled) }

        func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
            let most = min(limit, left.withLock { $0 })
            guard most > 0 else { return false }
            let more = try cursor.read(into: &batch, limit: most)
            let rest = left.withLock { left in
                left -= batch.count
                return left
            }
            if more, rest <= 0 { lookOn() }
            return more
        }

        /// Looks for a row beyond the limit. A row that cannot be read is also a row.
        private func lookOn() {
            atLimit.withLock { $0 = Counts(cursor) }
            var next = RecordBatch(columns: cursor.columns)
            do {
                let isThere = try cursor.read(into: &next, limit: 1) && next.count > 0
                end.isCut.withLock { $0 = isThere }
            } catch { end.isCut.withLock { $0 = true } }
        }
    }
}

import Synchronization

/// The first rows of another source.
package struct FirstRows: RowSource {
    private let source: any RowSource
    private let limit: Int

    package init(of source: any RowSource, limit: Int) {
        self.source = source
        self.limit = limit
    }

    package func open() throws -> any RowCursor { Cursor(cursor: try source.open(), left: limit) }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        Cursor(cursor: try source.open(isCancelled: isCancelled), left: limit)
    }

    private final class Cursor: RowCursor {
        private let cursor: any RowCursor
        private let left: Mutex<Int>

        init(cursor: any RowCursor, left: Int) {
            self.cursor = cursor
            self.left = Mutex(left)
        }

        var columns: [Column] { cursor.columns }
        var rowsRead: Int { cursor.rowsRead }
        var rowsDropped: Int { cursor.rowsDropped }
        var valuesNulled: Int { cursor.valuesNulled }
        var unreadable: [ColumnCount] { cursor.unreadable }
        var nullWords: [ColumnCount] { cursor.nullWords }

        func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { cursor.setCancellationCheck(isCancelled) }

        func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
            let most = min(limit, left.withLock { $0 })
            guard most > 0 else { return false }
            let more = try cursor.read(into: &batch, limit: most)
            left.withLock { $0 -= batch.count }
            return more
        }
    }
}

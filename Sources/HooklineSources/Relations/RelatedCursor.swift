import HooklineCore
import Synchronization

/// Reads rows, and appends the fields that are made of their related rows.
final class RelatedCursor: RowCursor {
    /// Related rows, and the index of the key in the model's own rows.
    struct KeyedTable: Sendable {
        let table: RelatedTable
        let key: Int
    }

    /// The cursor of the model's own rows.
    let own: any RowCursor
    let columns: [Column]
    private let tables: [KeyedTable]
    /// Nil until the related rows have been read; then whether they could be.
    private let reading = Mutex<Result<Void, any Error>?>(nil)
    private let batch: Mutex<RecordBatch>

    init(_ own: any RowCursor, _ tables: [KeyedTable]) {
        self.own = own
        self.tables = tables
        columns = own.columns + tables.flatMap(\.table.columns)
        batch = Mutex(RecordBatch(columns: own.columns))
    }

    var rowsRead: Int { own.rowsRead }
    var rowsDropped: Int { own.rowsDropped }
    var unreadable: [ColumnCount] { own.unreadable }
    var nullWords: [ColumnCount] { own.nullWords }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        own.setCancellationCheck(isCancelled)
        for keyed in tables { keyed.table.setCancellationCheck(isCancelled) }
    }

    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
        batch.removeAll()
        try readRelated()
        return try self.batch.withLock { own in
            let hasRows = try self.own.read(into: &own, limit: limit)
            complete(&batch, &own)
            return hasRows
        }
    }

    /// Rules over fields that are made of related rows are tested here.
    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? { try own.leaveOut(by: filter) }

    func parts() -> (any RowParts)? { own.parts().map { Parts($0, self) } }

    /// Reads the related rows, unless that was done.
    fileprivate func readRelated() throws {
        try reading.withLock { reading in
            if let reading { return try reading.get() }
            let result = Result { for keyed in tables { try keyed.table.read() } }
            reading = result
            try result.get()
        }
    }

    /// Moves rows into a batch, and appends the fields that they lack.
    fileprivate func complete(_ batch: inout RecordBatch, _ own: inout RecordBatch) {
        let ownColumns = own.columns.count
        batch.take(&own)
        var first = ownColumns
        for keyed in tables {
            keyed.table.append(to: &batch, key: keyed.key, from: first)
            first += keyed.table.columns.count
        }
    }

    private final class Parts: RowParts {
        private let own: any RowParts
        private let cursor: RelatedCursor

        init(_ own: any RowParts, _ cursor: RelatedCursor) { (self.own, self.cursor) = (own, cursor) }

        func reader() throws -> any PartReader { Reader(try own.reader(), cursor) }
        func finish(rows: Int) throws { try own.finish(rows: rows) }
    }

    private final class Reader: PartReader, @unchecked Sendable {
        // Unchecked because only one thread at a time uses a reader.
        private let own: any PartReader
        private let cursor: RelatedCursor
        private var batch: RecordBatch

        init(_ own: any PartReader, _ cursor: RelatedCursor) {
            (self.own, self.cursor) = (own, cursor)
            batch = RecordBatch(columns: cursor.own.columns)
        }

        func take() throws -> Int? {
            try cursor.readRelated()
            return try own.take()
        }

        func fit(into batch: inout RecordBatch) throws -> RowCounts {
            let counts = try own.fit(into: &self.batch)
            cursor.complete(&batch, &self.batch)
            return counts
        }
    }
}

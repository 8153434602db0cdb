import Synchronization

/// The batches of a cursor as parts, for sources whose rows are read and fitted in one step.
package final class CursorParts: RowParts {
    private let cursor: any RowCursor
    /// What the cursor had counted after the part that was taken last.
    private let counted = Mutex(RowCounts())

    package init(_ cursor: any RowCursor) { self.cursor = cursor }

    package func reader() -> any PartReader { Reader(self) }

    package func finish(rows: Int) {}

    /// Reads a batch.
    ///
    /// - Returns: what was counted in it; nil at the end.
    private func read(into batch: inout RecordBatch) throws -> RowCounts? {
        let hasRows = try cursor.read(into: &batch, limit: RecordBatch.defaultRows)
        let (before, after) = (counted.withLock { $0 }, RowCounts(cursor))
        // The last rows may all have been dropped.
        guard hasRows || after.rowsRead > before.rowsRead else { return nil }
        counted.withLock { $0 = after }
        batch.shiftNumbers(by: -before.rowsRead)
        return after - before
    }

    private final class Reader: PartReader, @unchecked Sendable {
        // Unchecked because only one thread at a time uses a reader.
        private let parts: CursorParts
        private var batch: RecordBatch
        private var counts = RowCounts()

        init(_ parts: CursorParts) {
            self.parts = parts
            batch = RecordBatch(columns: parts.cursor.columns)
        }

        func take() throws -> Int? {
            guard let counts = try parts.read(into: &batch) else { return nil }
            self.counts = counts
            return batch.byteCount
        }

        func fit(into batch: inout RecordBatch) -> RowCounts {
            swap(&batch, &self.batch)
            return counts
        }
    }
}

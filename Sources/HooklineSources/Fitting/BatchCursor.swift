import HooklineCore

/// Reads row after row into a batch. Each type of source has its own reader.
protocol RowReader: AnyObject {
    var columns: [Column] { get }
    /// Counts the rows and bad values so far.
    var counter: RowCounter { get set }
    /// The columns of text with words for NULL in them so far, and how many.
    var nullWords: [ColumnCount] { get }

    /// Reads the next row, and appends it unless a bad value drops it.
    ///
    /// - Returns: the approximate size of the row in the source, in bytes; nil at the end of the source.
    /// - Throws: `SourceError`; `CancellationError`.
    func readRow(into batch: inout RecordBatch) throws -> Int?

    /// Runs `reading`, which calls `readRow`, with the resources that those calls need.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws

    /// Sets a check that `readRow` makes while a row takes long; when it returns true, it throws `CancellationError`.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
}

extension RowReader {
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

/// Reads batches from a reader.
///
/// A batch ends early when its rows have many bytes, which bounds the memory of a batch with huge rows.
final class BatchCursor<Reader: RowReader>: RowCursor, @unchecked Sendable {
    // Unchecked because one task at a time uses a cursor, and the reader's buffers and database handle belong to it alone.
    let reader: Reader
    private let bytesPerBatch: Int
    private var failure: (any Error)?

    init(_ reader: Reader, bytesPerBatch: Int = 16 << 20) {
        self.reader = reader
        self.bytesPerBatch = bytesPerBatch
    }

    var columns: [Column] { reader.columns }
    var rowsRead: Int { reader.counter.rowsRead }
    var rowsDropped: Int { reader.counter.badValues.rowsDropped }
    var valuesNulled: Int { reader.counter.badValues.unreadable.reduce(0, +) }
    var unreadable: [ColumnCount] {
        zip(columns, reader.counter.badValues.unreadable).filter { $1 > 0 }.map { ColumnCount($0.name, $1) }
    }
    var nullWords: [ColumnCount] { reader.nullWords }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { reader.setCancellationCheck(isCancelled) }

    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
        batch.removeAll()
        // After an error the source has not ended, and must not appear to have.
        if let failure { throw failure }
        do {
            try reader.hold { try fill(&batch, limit) }
        } catch {
            batch.removeAll()
            failure = error
            throw error
        }
        return batch.count > 0
    }

    private func fill(_ batch: inout RecordBatch, _ limit: Int) throws {
        var bytes = 0
        while batch.count < limit, bytes < bytesPerBatch {
            guard let length = try reader.readRow(into: &batch) else { return }
            if length > 0 { bytes += length }
        }
    }
}

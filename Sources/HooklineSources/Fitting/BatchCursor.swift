import HooklineCore

/// Reads one row after the other into a batch; each kind of source has its own.
protocol RowReader: AnyObject {
    var columns: [Column] { get }
    /// The rows and bad values so far.
    var counter: RowCounter { get }
    /// The columns of text with words for NULL in them so far, and how many.
    var nullWords: [ColumnCount] { get }

    /// Reads the next row, and appends it unless a bad value drops it.
    ///
    /// - Returns: roughly how many bytes the row has in the source; nil when the source has ended.
    func readRow(into batch: inout RecordBatch) throws -> Int?

    /// Holds whatever a few calls of `readRow` need to be held.
    func hold(_ reading: () throws -> Void) throws

    /// Has `readRow` ask, while a row takes long, whether the time for it is over.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
}

extension RowReader {
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

/// Cuts what a reader reads into batches.
///
/// A batch ends early when its rows come to many bytes, so that a batch of huge rows stays within bounds.
final class BatchCursor<Reader: RowReader>: RowCursor, @unchecked Sendable {
    // Unchecked because a cursor is used by one task at a time; the reader's buffers and database handle belong to it alone.
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
        // After an error the source has not ended: asking again must not look as if it had.
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

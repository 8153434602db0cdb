import HooklineCore

/// Reads rows into a batch one by one. Each type of source has its own reader.
protocol RowReader: AnyObject {
    var columns: [Column] { get }
    /// Counts the rows and bad values so far.
    var counter: RowCounter { get set }
    /// The text columns that hold words for NULL so far, with how many.
    var nullWords: [ColumnCount] { get }

    /// Reads the next row, and appends it unless it is dropped for a bad value.
    ///
    /// - Returns: the approximate size of the row in the source, in bytes; nil at the end.
    /// - Throws: `SourceError`; `CancellationError`.
    func readRow(into batch: inout RecordBatch) throws -> Int?

    /// Reads at least one more row, and appends those that are not dropped for a bad value.
    ///
    /// - Parameters:
    ///   - batch: receives the rows.
    ///   - limit: the most rows; not 0.
    ///   - bytes: reads no further row once it has read that many bytes.
    /// - Returns: the approximate size of the rows in the source, in bytes; nil at the end.
    /// - Throws: what `readRow` throws.
    func readRows(into batch: inout RecordBatch, limit: Int, bytes: Int) throws -> Int?

    /// Runs `reading`, which calls `readRow`, while holding the resources that `readRow` needs.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws

    /// Sets a check that `readRow` calls while a row takes long; when it returns true, `readRow` throws `CancellationError`.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)

    /// Leaves out rows by a filter, before the first row is read; nil if it cannot.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut?

    /// Gives its rows away as parts; nil if it reads and fits them in one step.
    func parts() -> (any RowParts)?
}

extension RowReader {
    func parts() -> (any RowParts)? { nil }

    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? { nil }

    func readRows(into batch: inout RecordBatch, limit: Int, bytes: Int) throws -> Int? { try readRow(into: &batch) }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

/// Reads batches from a row reader.
///
/// A batch of large rows ends early, to limit memory.
final class BatchCursor<Reader: RowReader>: RowCursor, @unchecked Sendable {
    // Unchecked because only one task at a time uses a cursor, which owns the reader's buffers and database handle.
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
    var unreadable: [ColumnCount] {
        zip(columns, reader.counter.badValues.unreadable).filter { $1 > 0 }.map { ColumnCount($0.name, $1) }
    }
    var nullWords: [ColumnCount] { reader.nullWords }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { reader.setCancellationCheck(isCancelled) }

    func parts() -> (any RowParts)? { reader.parts() }
    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? { try reader.leaveOut(by: filter) }

    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
        batch.removeAll()
        // After an error the source must not appear to have ended.
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
            guard let length = try reader.readRows(into: &batch, limit: limit - batch.count, bytes: bytesPerBatch - bytes) else { return }
            if length > 0 { bytes += length }
        }
    }
}

/// Somewhere that rows come from.
package protocol RowSource: Sendable {
    /// Opens it and learns its columns: the model's own, then the calculated fields.
    ///
    /// - Throws: the room's error when it cannot be opened, and `IssuesFound` when the manifest and the source disagree
    ///   (a declared column, primary key or calculated field that the source does not have).
    func open() throws -> any RowCursor
    /// The same, of a source that may have to look at its first rows to learn what its columns are.
    ///
    /// - Parameter isCancelled: asked now and then whether the time for it is over; `CancellationError` is thrown when it is.
    func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor
}

extension RowSource {
    /// Most sources are open at once.
    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor { try open() }
}

/// One pass over a source's rows; used by one task at a time.
package protocol RowCursor: AnyObject, Sendable {
    /// The columns of every batch, in order.
    var columns: [Column] { get }
    /// Rows read so far, those left out because of a bad value included.
    var rowsRead: Int { get }
    /// Rows left out because of a bad value (`on_bad_value: drop`).
    var rowsDropped: Int { get }
    /// Values that could not be read because they did not fit (`on_bad_value: null`): unknown from then on.
    var valuesNulled: Int { get }
    /// The same by column, without the columns that had none.
    var unreadable: [ColumnCount] { get }
    /// Columns of text in which words stand that mean NULL in many exports (`NULL`, `\N`, `n/a`, …), and how many.
    var nullWords: [ColumnCount] { get }
    /// Empties the batch and fills it with up to `limit` rows.
    ///
    /// - Returns: false when the source has ended, without error, and the batch is empty.
    /// - Throws: when a row cannot be read; the source has then not ended, and nobody may be taken for departed.
    ///   `CancellationError` when the task is cancelled, or `isCancelled` of ``setCancellationCheck(_:)`` says so, while the next row takes long.
    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool
    /// Has `read` ask now and then, while it waits for a row, whether the time for it is over.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
}

extension RowCursor {
    package var unreadable: [ColumnCount] { [] }
    package var nullWords: [ColumnCount] { [] }
    /// Most sources have a row at once, or none.
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

/// Somewhere that rows come from.
package protocol RowSource: Sendable {
    /// Opens it and learns its columns: the model's own, then the calculated fields.
    ///
    /// - Throws: the room's error when it cannot be opened, and `IssuesFound` when the manifest and the source disagree
    ///   (a declared column, primary key or calculated field that the source does not have).
    func open() throws -> any RowCursor
}

/// One pass over a source's rows; used by one task at a time.
package protocol RowCursor: AnyObject, Sendable {
    /// The columns of every batch, in order.
    var columns: [Column] { get }
    /// Rows read so far, those left out because of a bad value included.
    var rowsRead: Int { get }
    /// Rows left out because of a bad value (`on_bad_value: drop`).
    var rowsDropped: Int { get }
    /// Values made NULL because they did not fit (`on_bad_value: null`).
    var valuesNulled: Int { get }
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
    /// Most sources have a row at once, or none.
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

import HooklineCore

/// Steps through the rows of a query, of which only one is in memory.
protocol QueryRows: AnyObject {
    /// Moves to the next row; false at the end, which only a query that succeeded has. The first step may run the query.
    ///
    /// - Throws: `SourceError`; `CancellationError` when the time is up.
    func step() throws -> Bool

    /// A value of the row, by the index of its column.
    ///
    /// - Throws: `sources.record_too_large`; `sources.query_failed`.
    func cell(at index: Int) throws -> QueryCell

    /// Leaves out rows of a table by a filter, before the first step.
    ///
    /// - Returns: what is left out, and how many rows are not.
    /// - Throws: `SourceError`; `CancellationError`.
    func leaveOut(by filter: RowFilter, _ own: [Column], _ format: CellFormat) throws -> (RowsLeftOut, Int?)

    /// Sets a check that `step` calls while it waits; when it returns true, `step` throws `CancellationError`.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
}

/// A source of rows.
package protocol RowSource: Sendable {
    /// Opens the source and finds its columns: those of the model, then the calculated fields.
    ///
    /// - Throws: the source's error if it cannot be opened; `IssuesFound` if it lacks a column that the manifest names.
    func open() throws -> any RowCursor
    /// Opens a source that may have to read its first rows to learn its columns.
    ///
    /// - Parameter isCancelled: called now and then; true stops.
    /// - Returns: a cursor before the first row.
    /// - Throws: what `open()` throws; `CancellationError` once `isCancelled` returns true.
    func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor
    /// Opens a source of which some values depend on the time.
    ///
    /// - Parameters:
    ///   - now: the start of the run, in Unix seconds.
    ///   - isCancelled: called now and then; true stops.
    /// - Returns: a cursor before the first row.
    /// - Throws: what `open(isCancelled:)` throws.
    func open(at now: Int64, isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor
}

extension RowSource {
    /// Ignores `isCancelled`: most sources open without reading rows.
    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor { try open() }
    /// Ignores `now`: the rows of most sources are the same at any time.
    package func open(at now: Int64, isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        try open(isCancelled: isCancelled)
    }
}

/// One pass over the rows of a source, for one task at a time.
package protocol RowCursor: AnyObject, Sendable {
    /// The columns of every batch, in order.
    var columns: [Column] { get }
    /// How many rows were read so far, including those dropped for a bad value.
    var rowsRead: Int { get }
    /// How many rows were dropped for a bad value (`on_bad_value: drop`).
    var rowsDropped: Int { get }
    /// How many values of each column became unreadable because they do not fit (`on_bad_value: null`); only columns that have some.
    var unreadable: [ColumnCount] { get }
    /// How many values of each text column are words that mean NULL in many exports (`NULL`, `\N`, `n/a`, …); only columns that have some.
    var nullWords: [ColumnCount] { get }
    /// Empties the batch, then fills it with up to `limit` rows.
    ///
    /// - Returns: false if the source has ended, without error, and the batch is empty.
    /// - Throws: the source's error if a row cannot be read: the source has not ended then, and nobody may count as departed;
    ///   `CancellationError` if the task is canceled, or the check of ``setCancellationCheck(_:)`` returns true, while a row takes long.
    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool
    /// Sets a check that `read` makes now and then while it waits for a row; when it returns true, `read` throws `CancellationError`.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
    /// Leaves out rows of which a filter is not true, if nothing else of them is of consequence. The rows that are read are still to be tested.
    ///
    /// Call it before the first `read`.
    ///
    /// - Returns: what is left out, if anything; nil for a source that cannot evaluate rules.
    /// - Throws: the source's error; `CancellationError`.
    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut?
    /// Gives its rows away as parts. After that, only they are read, and the cursor's own counts stay as they are.
    ///
    /// Call it before the first `read`.
    ///
    /// - Returns: the parts; nil if rows can only be read in one step.
    func parts() -> (any RowParts)?
}

extension RowCursor {
    package var unreadable: [ColumnCount] { [] }
    package var nullWords: [ColumnCount] { [] }
    /// Does nothing: most sources never wait for a row.
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
    /// Nil: most sources cannot evaluate rules.
    package func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? { nil }
    /// Nil: in most sources a row is fitted while it is read.
    package func parts() -> (any RowParts)? { nil }
}

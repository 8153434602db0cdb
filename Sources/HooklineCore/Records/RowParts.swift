/// The rest of a source in parts of about a thousand rows, which several threads fit to their columns at the same time.
///
/// Parts are taken in the order of the source, by one reader at a time; whoever took a part fits it.
package protocol RowParts: AnyObject, Sendable {
    /// Makes a reader, for one thread at a time.
    ///
    /// - Throws: what opening the source throws.
    func reader() throws -> any PartReader
    /// Checks what only a whole source shows, once all of its parts have been fitted.
    ///
    /// - Parameter rows: how many rows they had.
    /// - Throws: the source's error.
    func finish(rows: Int) throws
}

/// Takes parts of a source, and fits their rows.
package protocol PartReader: AnyObject, Sendable {
    /// Takes the next part. Only one reader of a source may do so at a time.
    ///
    /// - Returns: its approximate size, in bytes; nil at the end.
    /// - Throws: the source's error if the part cannot be read; `CancellationError` as ``RowCursor/read(into:limit:)``.
    func take() throws -> Int?
    /// Empties the batch, then fills it with the rows of the part that was taken last, which may have none.
    ///
    /// The rows are numbered from the first that no earlier part has: 1.
    ///
    /// - Returns: what was counted in this part.
    /// - Throws: the source's error for a row that cannot be read.
    func fit(into batch: inout RecordBatch) throws -> RowCounts
}

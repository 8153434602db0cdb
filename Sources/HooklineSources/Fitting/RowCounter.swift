import HooklineCore

/// Counts a source's rows and handles their bad values.
struct RowCounter {
    /// The number of rows read so far, including dropped ones; also the number of the current row.
    private(set) var rowsRead = 0
    private(set) var badValues: BadValues

    init(_ model: Model) {
        badValues = BadValues(model)
    }

    /// Records the shapes of bad values, from the next row on.
    mutating func keepBadValues() { badValues.log = BadValueLog() }

    /// Begins to count anew.
    ///
    /// - Returns: what was counted before, without words for NULL.
    mutating func takeCounts() -> RowCounts {
        var counts = RowCounts()
        counts.rowsRead = rowsRead
        (counts.rowsDropped, counts.unreadable) = badValues.takeCounts()
        rowsRead = 0
        return counts
    }

    mutating func beginRow() {
        rowsRead += 1
    }

    /// Ends a row once every column has a value.
    func endRow(of batch: inout RecordBatch) {
        batch.endRow(number: rowsRead)
    }

    /// Counts rows that have a value for every column, and ends them.
    mutating func pass(_ rows: Int, of batch: inout RecordBatch) {
        batch.endRows(numbers: rowsRead + 1..<rowsRead + 1 + rows)
        rowsRead += rows
    }

    /// Handles a bad value: marks it as unreadable, or removes its row from the batch.
    ///
    /// - Parameters:
    ///   - index: the column's index in the batch.
    ///   - misfit: why the value does not fit.
    ///   - batch: the batch.
    ///   - location: the row.
    ///   - shape: the shape of the value, computed only if shapes are kept.
    /// - Returns: false if it removed the row.
    /// - Throws: `sources.bad_value` under the policy `error`.
    mutating func meetBadValue(
        of index: Int, _ misfit: Misfit, in batch: inout RecordBatch, at location: SourceError.Location, shape: @autoclosure () -> String
    ) throws -> Bool {
        switch try badValues.meet(batch.columns[index].column, index, misfit, row: rowsRead, at: location, shape: shape) {
        case .null:
            batch.columns[index].appendUnreadable()
            return true
        case .drop:
            batch.discardOpenRow()
            return false
        }
    }
}

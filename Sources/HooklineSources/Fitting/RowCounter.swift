import HooklineCore

/// Counts the rows of a source, and handles their bad values.
struct RowCounter {
    /// How many rows were read so far, including dropped ones; also the number of the current row.
    private(set) var rowsRead = 0
    private(set) var badValues: BadValues

    init(_ model: Model) {
        badValues = BadValues(model)
    }

    /// Keeps what bad values look like, from the next row on.
    mutating func keepBadValues() { badValues.log = BadValueLog() }

    mutating func beginRow() {
        rowsRead += 1
    }

    /// Ends a row, after every column got a value.
    func endRow(of batch: inout RecordBatch) {
        batch.endRow(number: rowsRead)
    }

    /// The next value of that column does not fit: marks it as unreadable, or takes the row out of the batch.
    ///
    /// - Parameters:
    ///   - index: the column's place in the batch.
    ///   - misfit: why it does not fit.
    ///   - batch: the batch.
    ///   - location: the row.
    ///   - shape: what it looks like, asked for only where somebody wants to know.
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

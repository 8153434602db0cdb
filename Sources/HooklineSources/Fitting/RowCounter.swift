import HooklineCore

/// Counts the rows of a source, and settles what becomes of the bad values in them.
struct RowCounter {
    /// Rows read so far, the dropped ones included; so the number of the row that is being read.
    private(set) var rowsRead = 0
    private(set) var badValues: BadValues

    init(_ model: Model) {
        badValues = BadValues(model)
    }

    /// A row begins.
    mutating func beginRow() {
        rowsRead += 1
    }

    /// The row has a value for every column.
    func endRow(of batch: inout RecordBatch) {
        batch.endRow(number: rowsRead)
    }

    /// The next value of that column does not fit: marks it as unreadable, or takes the row out of the batch.
    ///
    /// - Returns: whether the row goes on.
    /// - Throws: `sources.bad_value` under the policy `error`.
    mutating func meetBadValue(of index: Int, _ misfit: Misfit, in batch: inout RecordBatch, at location: SourceError.Location) throws
        -> Bool
    {
        switch try badValues.meet(batch.columns[index].column, index, misfit, at: location) {
        case .null:
            batch.columns[index].appendUnreadable()
            return true
        case .drop:
            batch.discardOpenRow()
            return false
        }
    }
}

/// About a thousand records, in a contiguous buffer per column.
///
/// A source fills the batch, rules and hooks read it, and the next `read` reuses its buffers: no value becomes a `String` on the way. To
/// append a record, append a value to every column, then call `endRow(number:)`.
package struct RecordBatch: Sendable {
    /// The default number of records in a batch.
    package static let defaultRows = 1_000

    /// The columns, in the model's order.
    package var columns: [ColumnBuffer]
    /// The number of each record in the source, from 1, not counting a header.
    package private(set) var rowNumbers: [Int] = []

    package init(columns: [Column]) {
        self.columns = columns.map { ColumnBuffer($0) }
    }

    /// The number of records.
    package var count: Int { rowNumbers.count }

    /// Ends a record; every column must have got one value or NULL since the last record.
    package mutating func endRow(number: Int) {
        rowNumbers.append(number)
    }

    /// Ends records; every column must have got one value or NULL for each since the last record.
    package mutating func endRows(numbers: Range<Int>) {
        rowNumbers.append(contentsOf: numbers)
    }

    /// Adds to the number of every record.
    package mutating func shiftNumbers(by rows: Int) {
        if rows == 0 { return }
        for index in rowNumbers.indices { rowNumbers[index] += rows }
    }

    /// Appends a record of a batch with the same columns.
    package mutating func append(_ row: Int, of batch: RecordBatch) {
        for index in columns.indices { columns[index].append(row, of: batch.columns[index]) }
        endRow(number: batch.rowNumbers[row])
    }

    /// Takes the records of a batch that has the first of these columns; the others get no values, and `other` gets the old buffers.
    package mutating func take(_ other: inout RecordBatch) {
        for index in other.columns.indices { swap(&columns[index], &other.columns[index]) }
        swap(&rowNumbers, &other.rowNumbers)
        for index in other.columns.count..<columns.count { columns[index].removeAll() }
    }

    /// Discards what was appended since the last `endRow`, for a record that turns out to be bad half-way.
    package mutating func discardOpenRow() {
        for index in columns.indices { columns[index].truncate(to: count) }
    }

    /// Empties the batch, and keeps its buffers.
    package mutating func removeAll() {
        rowNumbers.removeAll(keepingCapacity: true)
        for index in columns.indices { columns[index].truncate(to: 0) }
    }

    /// The size of all values, in bytes.
    package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

    /// The index of the column with a name.
    package func index(of name: String) -> Int? {
        columns.firstIndex { $0.column.name == name }
    }
}

/// About a thousand records, column by column, in contiguous buffers.
///
/// A source fills a batch, the rules and the hooks read it, and the next `read` reuses its buffers: no value becomes a
/// `String` on the way. Append a record by appending to every column in order, then call `endRow(number:)`.
package struct RecordBatch: Sendable {
    /// How many records a source puts into a batch unless asked otherwise.
    package static let defaultRows = 1_000

    /// The columns, in the model's order.
    package var columns: [ColumnBuffer]
    /// For each record, its number in the source: 1 for the first record after a header.
    package private(set) var rowNumbers: [Int] = []

    package init(columns: [Column]) {
        self.columns = columns.map { ColumnBuffer($0) }
    }

    /// How many records it holds.
    package var count: Int { rowNumbers.count }

    /// Ends a record; every column must have got exactly one value or NULL since the last one.
    package mutating func endRow(number: Int) {
        rowNumbers.append(number)
    }

    /// Appends a record of a batch of the same columns.
    package mutating func append(_ row: Int, of batch: RecordBatch) {
        for index in columns.indices { columns[index].append(row, of: batch.columns[index]) }
        endRow(number: batch.rowNumbers[row])
    }

    /// Takes back what was appended to the columns since the last `endRow`: for a record that turns out unfit half-way.
    package mutating func discardOpenRow() {
        for index in columns.indices { columns[index].truncate(to: count) }
    }

    /// Empties the batch and keeps its buffers.
    package mutating func removeAll() {
        rowNumbers.removeAll(keepingCapacity: true)
        for index in columns.indices { columns[index].truncate(to: 0) }
    }

    /// The index of the column of that name.
    package func index(of name: String) -> Int? {
        columns.firstIndex { $0.column.name == name }
    }
}

/// The values of one column of a batch.
package struct ColumnBuffer: Sendable {
    /// What the column is.
    package let column: Column
    /// Per record: 1 for a value, 0 for NULL, 2 for a value that could not be read and that nobody knows.
    package private(set) var valid: [UInt8] = []
    /// For byte columns: `count + 1` positions in `bytes`.
    package private(set) var offsets: [UInt32] = [0]
    /// For byte columns: all values, one after the other; UTF-8.
    package private(set) var bytes: [UInt8] = []
    /// For integer columns: one value a record, 0 for NULL.
    package private(set) var integers: [Int64] = []
    /// For number columns: one value a record, 0 for NULL.
    package private(set) var numbers: [Double] = []

    private let storage: ColumnType.Storage

    package init(_ column: Column) {
        self.column = column
        storage = column.type.storage
    }

    /// How many values (NULLs too) it holds.
    package var count: Int { valid.count }

    /// Appends NULL.
    package mutating func appendNull() { appendNothing(0) }

    /// Appends a value that could not be read: neither NULL nor not.
    package mutating func appendUnreadable() { appendNothing(2) }

    private mutating func appendNothing(_ mark: UInt8) {
        valid.append(mark)
        switch storage {
        case .bytes: offsets.append(UInt32(truncatingIfNeeded: bytes.count))
        case .integers: integers.append(0)
        case .numbers: numbers.append(0)
        }
    }

    /// Appends a value to a byte column; the bytes must be UTF-8 and fit the column's type.
    package mutating func append(bytes value: UnsafeBufferPointer<UInt8>) {
        valid.append(1)
        bytes.append(contentsOf: value)
        offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Appends a value to a byte column.
    package mutating func append(text value: String) {
        valid.append(1)
        bytes.append(contentsOf: value.utf8)
        offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Appends a day to a date column.
    package mutating func append(day: CalendarDate) {
        day.append(to: &bytes)
        valid.append(1)
        offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Appends a value to an integer, boolean or timestamp column.
    package mutating func append(integer value: Int64) {
        valid.append(1)
        integers.append(value)
    }

    /// Appends a value to a number column.
    package mutating func append(number value: Double) {
        valid.append(1)
        numbers.append(value)
    }

    /// Appends a value, or NULL, of a column of the same type.
    fileprivate mutating func append(_ row: Int, of other: ColumnBuffer) {
        if other.isNull(row) { return appendNothing(other.valid[row]) }
        switch storage {
        case .bytes: other.bytes.withUnsafeBufferPointer { append(bytes: UnsafeBufferPointer(rebasing: $0[other.byteRange(row)])) }
        case .integers: append(integer: other.integers[row])
        case .numbers: append(number: other.numbers[row])
        }
    }

    /// Whether the record has no value that anybody knows: NULL, or one that could not be read.
    package func isNull(_ row: Int) -> Bool { valid[row] != 1 }

    /// Whether the record's value could not be read.
    package func isUnreadable(_ row: Int) -> Bool { valid[row] == 2 }

    /// The bytes of a byte column's value; empty for NULL.
    package func byteRange(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

    /// A byte column's value as text; nil for NULL. For messages and small tables, not for the data plane.
    package func text(_ row: Int) -> String? {
        isNull(row) ? nil : String(decoding: bytes[byteRange(row)], as: UTF8.self)
    }

    /// Any column's value as text, for keys in messages; nil for NULL.
    package func described(_ row: Int) -> String? {
        if isNull(row) { return nil }
        return switch storage {
        case .bytes: text(row)
        case .integers: String(integers[row])
        case .numbers: String(numbers[row])
        }
    }

    fileprivate mutating func truncate(to rows: Int) {
        guard valid.count > rows else { return }
        valid.removeLast(valid.count - rows)
        switch storage {
        case .bytes:
            offsets.removeLast(offsets.count - rows - 1)
            bytes.removeLast(bytes.count - Int(offsets[rows]))
        case .integers: integers.removeLast(integers.count - rows)
        case .numbers: numbers.removeLast(numbers.count - rows)
        }
    }
}

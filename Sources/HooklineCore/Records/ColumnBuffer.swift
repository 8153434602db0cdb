/// The values of one column of a batch.
package struct ColumnBuffer: Sendable {
    package let column: Column
    /// 1 for each value, 0 for each NULL, and 2 for each unreadable value.
    package private(set) var valid: [UInt8] = []
    /// In a byte column, the `count + 1` bounds of the values in `bytes`.
    package private(set) var offsets: [UInt32] = [0]
    /// In a byte column, all values, in UTF-8, without separators.
    package private(set) var bytes: [UInt8] = []
    /// In an integer column, all values, with 0 for NULL.
    package private(set) var integers: [Int64] = []
    /// In a number column, all values, with 0 for NULL.
    package private(set) var numbers: [Double] = []

    private let storage: ColumnType.Storage

    package init(_ column: Column) {
        self.column = column
        storage = column.type.storage
    }

    /// The number of values, including NULLs.
    package var count: Int { valid.count }

    /// The size of the values, in bytes.
    package var byteCount: Int { bytes.count + 8 * (integers.count + numbers.count) }

    package mutating func appendNull() { appendNothing(0) }

    /// Appends a value that could not be read, so that it is unknown whether it is NULL.
    package mutating func appendUnreadable() { appendNothing(2) }

    private mutating func appendNothing(_ mark: UInt8) {
        valid.append(mark)
        switch storage {
        case .bytes: offsets.append(UInt32(truncatingIfNeeded: bytes.count))
        case .integers: integers.append(0)
        case .numbers: numbers.append(0)
        }
    }

    /// Appends a value to a byte column. The bytes must be UTF-8 and fit the column's type.
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

    /// Appends NULL a number of times.
    package mutating func appendNulls(_ count: Int) {
        valid.append(contentsOf: repeatElement(0, count: count))
        switch storage {
        case .bytes: offsets.append(contentsOf: repeatElement(UInt32(truncatingIfNeeded: bytes.count), count: count))
        case .integers: integers.append(contentsOf: repeatElement(0, count: count))
        case .numbers: numbers.append(contentsOf: repeatElement(0, count: count))
        }
    }

    /// Appends many values and NULLs to a byte column. The texts must be UTF-8 and fit the column's type.
    package mutating func append(texts: [UnsafeBufferPointer<UInt8>?]) {
        let start = bytes.count
        let total = texts.reduce(0) { $0 + ($1?.count ?? 0) }
        bytes.append(contentsOf: repeatElement(0, count: total))
        var end = start
        bytes.withUnsafeMutableBytes { bytes in
            for text in texts {
                guard let text else { continue }
                UnsafeMutableRawBufferPointer(rebasing: bytes[end..<end + text.count]).copyMemory(from: UnsafeRawBufferPointer(text))
                end += text.count
            }
        }
        end = start
        for text in texts {
            end += text?.count ?? 0
            valid.append(text == nil ? 0 : 1)
            offsets.append(UInt32(truncatingIfNeeded: end))
        }
    }

    /// Appends values to an integer, boolean or timestamp column; `valid` is 1 for each value, and 0 for each NULL, whose value is 0.
    package mutating func append(integers values: [Int64], valid marks: [UInt8]) {
        valid.append(contentsOf: marks)
        integers.append(contentsOf: values)
    }

    /// Appends values to a number column, as those of an integer column.
    package mutating func append(numbers values: [Double], valid marks: [UInt8]) {
        valid.append(contentsOf: marks)
        numbers.append(contentsOf: values)
    }

    /// Appends a value or NULL from a column of the same type.
    package mutating func append(_ row: Int, of other: ColumnBuffer) {
        if other.isNull(row) { return appendNothing(other.valid[row]) }
        switch storage {
        case .bytes: other.bytes.withUnsafeBufferPointer { append(bytes: UnsafeBufferPointer(rebasing: $0[other.byteRange(row)])) }
        case .integers: append(integer: other.integers[row])
        case .numbers: append(number: other.numbers[row])
        }
    }

    /// Whether the value is NULL or unreadable.
    package func isNull(_ row: Int) -> Bool { valid[row] != 1 }

    /// Whether the value could not be read.
    package func isUnreadable(_ row: Int) -> Bool { valid[row] == 2 }

    /// The range of a byte column's value in `bytes`; empty for NULL.
    package func byteRange(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

    /// A byte column's value; nil for NULL. For messages and small tables, as it allocates.
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

    /// Removes all values, but keeps the memory.
    package mutating func removeAll() { truncate(to: 0) }

    /// Removes the values from a row on, but keeps the memory.
    package mutating func truncate(to rows: Int) {
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

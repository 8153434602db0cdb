/// One value of a column, to compare with others of the same column.
package enum CellValue: Hashable, Sendable {
    case integer(Int64)
    case number(Double)
    /// The bytes of a text, decimal, date, list, or JSON value.
    case bytes([UInt8])

    /// The value of a row; nil for NULL and for an unreadable value.
    package init?(_ column: ColumnBuffer, _ row: Int) {
        if column.isNull(row) { return nil }
        switch column.column.type.storage {
        case .bytes: self = .bytes(Array(column.bytes[column.byteRange(row)]))
        case .integers: self = .integer(column.integers[row])
        case .numbers: self = .number(column.numbers[row])
        }
    }

    /// Negative if the left value is smaller, 0 if they are equal, positive if it is greater. Text compares byte by byte.
    package static func compare(_ left: CellValue, _ right: CellValue, as type: ColumnType) -> Int {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.number(let left), .number(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.bytes(let left), .bytes(let right)):
            type == .decimal
                ? DecimalText.compare(left, right) : left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
        default: preconditionFailure("the values are of one column")
        }
    }

    /// Appends the value to a column of its type.
    package func append(to column: inout ColumnBuffer) {
        switch self {
        case .integer(let value): column.append(integer: value)
        case .number(let value): column.append(number: value)
        case .bytes(let value): value.withUnsafeBufferPointer { column.append(bytes: $0) }
        }
    }
}

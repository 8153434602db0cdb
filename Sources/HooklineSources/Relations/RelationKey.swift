import HooklineCore

/// A value by which rows of two models belong together: numbers by their value, everything else by its bytes.
enum RelationKey: Hashable {
    case integer(Int64)
    case bytes([UInt8])

    /// What kinds of columns have keys that can be equal.
    enum Kind: Equatable {
        case number, text, date, timestamp

        init?(_ type: ColumnType) {
            switch type {
            case .integer, .number, .decimal: self = .number
            case .text: self = .text
            case .date: self = .date
            case .timestamp: self = .timestamp
            case .boolean, .list, .json: return nil
            }
        }
    }

    /// The key of a row; nil for NULL and for an unreadable value.
    init?(_ column: ColumnBuffer, _ row: Int) {
        guard let value = CellValue(column, row) else { return nil }
        switch value {
        case .integer(let value): self = .integer(value)
        case .number(let value):
            if let whole = Int64(exactly: value) { self = .integer(whole) } else { self = Self.decimal(value.decimalBytes) }
        case .bytes(let bytes): self = column.column.type == .decimal ? Self.decimal(bytes) : .bytes(bytes)
        }
    }

    /// A decimal without the zeros that mean nothing.
    private static func decimal(_ text: [UInt8]) -> RelationKey {
        var sum = DecimalSum()
        sum.add(text)
        return Int64(sum.text).map { .integer($0) } ?? .bytes(Array(sum.text.utf8))
    }

    /// About how many bytes it takes in a table.
    var size: Int {
        switch self {
        case .integer: 48
        case .bytes(let bytes): 80 + bytes.count
        }
    }
}

extension Double {
    /// The shortest digits that mean the number, without an exponent.
    var decimalBytes: [UInt8] {
        var (text, decimal): (String, [UInt8]) = ("\(self)", [])
        _ = text.withUTF8 { DecimalText.append($0, to: &decimal) }
        return decimal
    }
}

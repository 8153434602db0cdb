import HooklineCore
import JSON

extension ColumnBuffer {
    /// Appends a JSON value; false, and nothing appended, when it does not fit the column's type.
    ///
    /// - Parameters:
    ///   - line: the text in which the value stands.
    ///   - unescaped: a buffer to reuse.
    mutating func append(fitting value: JSONScanner.Value, in line: UnsafeBufferPointer<UInt8>, unescaped: JSONText.Buffer) -> Bool {
        let written = UnsafeBufferPointer(rebasing: line[value.range])
        switch value.kind {
        case .null: appendNull()
        case .string: return append(string: value, in: line, unescaped: unescaped)
        case .number: return append(number: written)
        case .boolean: return append(boolean: written)
        case .array, .object:
            guard case .json = column.type else { return false }
            append(bytes: written)
        }
        return true
    }

    private mutating func append(boolean written: UnsafeBufferPointer<UInt8>) -> Bool {
        switch column.type {
        case .boolean: append(integer: written.first == UInt8(ascii: "t") ? 1 : 0)
        case .text, .json: append(bytes: written)
        case .integer, .number, .decimal, .timestamp, .date, .list: return false
        }
        return true
    }

    private mutating func append(string value: JSONScanner.Value, in line: UnsafeBufferPointer<UInt8>, unescaped: JSONText.Buffer) -> Bool {
        if case .json = column.type {
            append(bytes: UnsafeBufferPointer(rebasing: line[value.range.lowerBound - 1..<value.range.upperBound + 1]))
            return true
        }
        let inside = UnsafeBufferPointer(rebasing: line[value.range])
        guard value.hasEscapes else { return append(fitting: inside) }
        return unescaped.with(inside) { append(fitting: $0) }
    }

    private mutating func append(number written: UnsafeBufferPointer<UInt8>) -> Bool {
        switch column.type {
        case .text, .json: append(bytes: written)
        case .number, .decimal: return append(fitting: written)
        case .integer, .boolean, .timestamp:
            if let integer = FieldText.integer(written) { return append(fitting: integer) }
            guard let number = FieldText.number(written) else { return false }
            return append(fitting: number)
        case .date, .list: return false
        }
        return true
    }
}

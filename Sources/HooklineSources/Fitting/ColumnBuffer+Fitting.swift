import HooklineCore
import JSON

extension ColumnBuffer {
    /// Appends the value of a text in UTF-8.
    ///
    /// Text columns take it unchanged. Other types ignore whitespace around the value, and NULL is text with nothing else.
    ///
    /// - Returns: false if the text is not a value of the column's type; then appends nothing.
    mutating func append(fitting text: UnsafeBufferPointer<UInt8>) -> Bool {
        // A pattern, because `==` on another module's enum is a function call.
        if case .text = column.type {
            append(bytes: text)
            return true
        }
        let value = FieldText.trimmed(text)
        if value.isEmpty {
            appendNull()
            return true
        }
        switch column.type {
        case .text, .decimal, .date, .json: return append(checked: value)
        case .integer: return append(FieldText.integer(value))
        case .boolean: return append(FieldText.boolean(value).map { $0 ? 1 : 0 })
        case .timestamp: return append(FieldText.timestamp(value))
        case .number:
            guard let number = FieldText.number(value) else { return false }
            append(number: number)
            return true
        }
    }

    /// Appends an integer from a source with types.
    ///
    /// A boolean is 0 or 1. A timestamp is in Unix seconds with at most 12 digits: longer ones are milliseconds.
    ///
    /// - Returns: false if the integer does not fit the column's type; then appends nothing.
    mutating func append(fitting integer: Int64) -> Bool {
        switch column.type {
        case .integer: append(integer: integer)
        case .number: append(number: Double(integer))
        case .text, .decimal, .json: append(text: String(integer))
        case .boolean where integer == 0 || integer == 1: append(integer: integer)
        case .timestamp where (-999_999_999_999...999_999_999_999).contains(integer): append(integer: integer)
        case .boolean, .timestamp, .date: return false
        }
        return true
    }

    /// Appends a floating-point number from a source with types.
    ///
    /// A whole number fits like an integer. Types stored as text get the shortest decimal that reads back as the same number.
    ///
    /// - Returns: false if the number does not fit the column's type; then appends nothing.
    mutating func append(fitting number: Double) -> Bool {
        guard number.isFinite else { return false }
        switch column.type {
        case .number: append(number: number)
        case .integer, .boolean, .timestamp:
            guard let integer = Int64(exactly: number) else { return false }
            return append(fitting: integer)
        case .text, .json: append(text: String(number))
        case .decimal:
            let text = String(number)
            guard DecimalText.isValid(text.utf8) else { return false }
            append(text: text)
        case .date: return false
        }
        return true
    }

    private mutating func append(checked value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch column.type {
        case .decimal: guard FieldText.isDecimal(value) else { return false }
        case .date: guard FieldText.isDate(value) else { return false }
        case .json: guard JSONScanner.isValid(value) else { return false }
        default: break
        }
        append(bytes: value)
        return true
    }

    private mutating func append(_ value: Int64?) -> Bool {
        guard let value else { return false }
        append(integer: value)
        return true
    }
}

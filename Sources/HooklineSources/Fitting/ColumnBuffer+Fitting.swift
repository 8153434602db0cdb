import HooklineCore
import JSON

extension ColumnBuffer {
    /// Appends the value that the text stands for, whatever the column's type; false, and nothing appended, when it stands for none.
    ///
    /// The bytes must be UTF-8. Text is taken as it is. For every other type the white space around the value is left out, and
    /// text that is nothing else is NULL.
    mutating func append(fitting text: UnsafeBufferPointer<UInt8>) -> Bool {
        // A pattern, because `==` of another module's enum is a call.
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
        case .text, .decimal, .date, .json, .list: return append(checked: value)
        case .integer: return append(FieldText.integer(value))
        case .boolean: return append(FieldText.boolean(value).map { $0 ? 1 : 0 })
        case .timestamp: return append(FieldText.timestamp(value))
        case .number:
            guard let number = FieldText.number(value) else { return false }
            append(number: number)
            return true
        }
    }

    /// Appends a whole number that a source hands over as such; false, and nothing appended, when the column's type has none.
    ///
    /// A boolean is 0 or 1; a timestamp is Unix seconds of at most 12 digits, because longer ones are milliseconds.
    mutating func append(fitting integer: Int64) -> Bool {
        switch column.type {
        case .integer: append(integer: integer)
        case .number: append(number: Double(integer))
        case .text, .decimal, .json: append(text: String(integer))
        case .boolean where integer == 0 || integer == 1: append(integer: integer)
        case .timestamp where (-999_999_999_999...999_999_999_999).contains(integer): append(integer: integer)
        case .boolean, .timestamp, .date, .list: return false
        }
        return true
    }

    /// Appends a floating-point number that a source hands over as such; false, and nothing appended, when it does not fit.
    ///
    /// A whole number fits where integers do; the other types that keep text get the shortest decimal that reads back as it.
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
        case .date, .list: return false
        }
        return true
    }

    private mutating func append(checked value: UnsafeBufferPointer<UInt8>) -> Bool {
        switch column.type {
        case .decimal: guard FieldText.isDecimal(value) else { return false }
        case .date: guard FieldText.isDate(value) else { return false }
        case .json, .list: guard JSONScanner.isValid(value) else { return false }
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

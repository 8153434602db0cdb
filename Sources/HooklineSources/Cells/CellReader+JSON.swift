import HooklineCore
import JSON

extension CellReader {
    /// Appends a JSON value.
    ///
    /// A string fits a declared type as the text of a CSV file does, except that leading zeros make it a code, not a number. It never
    /// fits a type that was observed on other kinds of values. A column of undeclared, mixed kinds is text, and stores arrays and objects
    /// as they are written.
    ///
    /// - Parameters:
    ///   - value: a value that the scanner found.
    ///   - line: the text that contains it.
    ///   - buffer: the column.
    ///   - unescaped: a buffer to reuse.
    /// - Returns: false if the value does not fit; then nothing was appended.
    mutating func append(_ value: JSONScanner.Value, in line: Bytes, to buffer: inout ColumnBuffer, unescaped: JSONText.Buffer) -> Bool {
        let written = Bytes(rebasing: line[value.range])
        switch value.kind {
        case .null: buffer.appendNull()
        case .string: return append(string: value, in: line, to: &buffer, unescaped)
        case .number: return append(jsonNumber: written, to: &buffer)
        case .boolean: return append(jsonBoolean: written, to: &buffer)
        case .array:
            if case .list = column.type {
                guard lists.read(json: written, into: &scratch) else { return refuse(.list) }
                scratch.withUnsafeBufferPointer { buffer.append(bytes: $0) }
                return true
            }
            return append(container: written, .list, to: &buffer)
        case .object: return append(container: written, .object, to: &buffer)
        }
        return true
    }

    private mutating func append(container written: Bytes, _ misfit: Misfit, to buffer: inout ColumnBuffer) -> Bool {
        switch (column.type, column.origin) {
        case (.json, _), (.text, .unknown):
            buffer.append(bytes: written)
            return true
        default: return refuse(misfit)
        }
    }

    mutating func append(jsonBoolean written: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        switch column.type {
        case .text where column.isObserved, .json where column.isObserved: return refuse(.boolean)
        case .boolean: buffer.append(integer: written.first == UInt8(ascii: "t") ? 1 : 0)
        case .text, .json: buffer.append(bytes: written)
        case .integer, .number, .decimal, .timestamp, .date, .list: return refuse(.boolean)
        }
        return true
    }

    private mutating func append(
        string value: JSONScanner.Value, in line: Bytes, to buffer: inout ColumnBuffer, _ unescaped: JSONText.Buffer
    )
        -> Bool
    {
        let inside = Bytes(rebasing: line[value.range])
        if case .json = column.type, !column.isObserved {
            if nulls.containsOrIsBlank(inside, hasEscapes: value.hasEscapes) {
                buffer.appendNull()
                return true
            }
            // The quotes are part of the value: they distinguish a string from JSON inside a string.
            buffer.append(bytes: Bytes(rebasing: line[value.range.lowerBound - 1..<value.range.upperBound + 1]))
            return true
        }
        guard value.hasEscapes else { return append(ofKnownKind: inside, to: &buffer) }
        return unescaped.with(inside) { append(ofKnownKind: $0, to: &buffer) }
    }

    /// Appends text from a source that distinguishes text from other kinds of values.
    mutating func append(ofKnownKind text: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        if column.isObserved, !column.type.isText {
            let trimmed = TextTrim.trimmed(text)
            guard trimmed.isEmpty || nulls.contains(trimmed) else { return refuse(.otherKind) }
        }
        return append(text, to: &buffer)
    }

    mutating func append(jsonNumber written: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        if nulls.contains(written) {
            buffer.appendNull()
            return true
        }
        switch column.type {
        case _ where column.isObserved && !column.type.isNumeric: return refuse(.number)
        case .text, .json: buffer.append(bytes: written)
        case .decimal: return append(decimal: written, to: &buffer)
        case .list: return refuse(.number)
        case .number:
            guard let number = PlainNumber.number(written) else { return refuse(.digits) }
            buffer.append(number: number)
        case .integer, .boolean, .timestamp, .date:
            if let integer = PlainNumber.integer(written) { return append(integer, to: &buffer) }
            guard let number = PlainNumber.number(written) else { return refuse(.digits) }
            return append(number, to: &buffer)
        }
        return true
    }
}

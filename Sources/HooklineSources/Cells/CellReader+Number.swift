import HooklineCore

extension CellReader {
    /// Appends a whole number from a source that stores numbers.
    ///
    /// A boolean is 0 or 1. Dates and timestamps may be numbers only if the column's format says so.
    mutating func append(_ integer: Int64, to buffer: inout ColumnBuffer) -> Bool {
        if nulls.contains(Double(integer)) {
            buffer.appendNull()
            return true
        }
        switch column.type {
        case _ where column.isObserved && !column.type.isNumeric: return refuse(.number)
        case .integer: buffer.append(integer: integer)
        case .number:
            guard let number = Double(exactly: integer) else { return refuse(.digits) }
            buffer.append(number: number)
        case .text, .decimal, .json: buffer.append(text: String(integer))
        case .boolean:
            guard integer == 0 || integer == 1 else { return refuse(.number) }
            buffer.append(integer: integer)
        case .timestamp:
            guard let moment = times.moment(integer) else { return refuse(.bareNumber) }
            buffer.append(integer: moment)
        case .date:
            guard let day = times.day(integer) else { return refuse(.bareNumber) }
            buffer.append(day: day)
        case .list: return refuse(.number)
        }
        return true
    }

    /// Appends a floating-point number from a source that stores numbers.
    ///
    /// Whole numbers fit integer columns. Columns that store text get the shortest decimal that parses back to the same number.
    mutating func append(_ number: Double, to buffer: inout ColumnBuffer) -> Bool {
        guard number.isFinite else { return refuse(.number) }
        if nulls.contains(number) {
            buffer.appendNull()
            return true
        }
        switch column.type {
        case _ where column.isObserved && !column.type.isNumeric: return refuse(.number)
        case .number: buffer.append(number: number)
        case .integer, .boolean:
            guard let integer = Int64(exactly: number) else { return refuse(.digits) }
            return append(integer, to: &buffer)
        case .text, .json: buffer.append(text: String(number))
        case .decimal: return append(decimal: String(number), to: &buffer)
        case .timestamp:
            guard let moment = times.moment(number) else { return refuse(.bareNumber) }
            buffer.append(integer: moment)
        case .date:
            guard let day = times.day(number) else { return refuse(.bareNumber) }
            buffer.append(day: day)
        case .list: return refuse(.number)
        }
        return true
    }

    private mutating func append(decimal text: String, to buffer: inout ColumnBuffer) -> Bool {
        var text = text
        return text.withUTF8 { append(decimal: $0, to: &buffer) }
    }

    /// Appends a number in machine notation, with any exponent expanded.
    mutating func append(decimal written: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        scratch.removeAll(keepingCapacity: true)
        guard DecimalText.append(written, to: &scratch) else { return refuse(.digits) }
        scratch.withUnsafeBufferPointer { buffer.append(bytes: $0) }
        return true
    }
}

import HooklineCore

extension CellReader {
    /// Buffers for the values of one column, to reuse.
    struct Buffers {
        fileprivate var texts: [Bytes?] = []
        fileprivate var integers: [Int64] = []
        fileprivate var numbers: [Double] = []
        fileprivate var valid: [UInt8] = []
    }

    /// Appends the values that many texts represent, as `append` does with each.
    ///
    /// - Returns: how many it appended: it stops before the first text that does not fit or is not UTF-8.
    mutating func append(_ texts: CSVColumn, to buffer: inout ColumnBuffer, _ buffers: inout Buffers) -> Int {
        switch column.type {
        case .text: return appendTexts(texts, to: &buffer, &buffers)
        case .integer:
            let (numbers, allowsLeadingZeros) = (numbers, allowsLeadingZeros)
            read(texts, &buffers.integers, &buffers.valid, 0) { numbers.integer($0, allowsLeadingZeros: allowsLeadingZeros) }
            buffer.append(integers: buffers.integers, valid: buffers.valid)
        case .boolean:
            read(texts, &buffers.integers, &buffers.valid, 0) { BooleanWord.read($0).map { $0 ? 1 : 0 } }
            buffer.append(integers: buffers.integers, valid: buffers.valid)
        case .timestamp:
            let times = times
            read(texts, &buffers.integers, &buffers.valid, 0) { times.moment($0) }
            buffer.append(integers: buffers.integers, valid: buffers.valid)
        case .number:
            let (numbers, allowsLeadingZeros) = (numbers, allowsLeadingZeros)
            read(texts, &buffers.numbers, &buffers.valid, 0) { numbers.number($0, allowsLeadingZeros: allowsLeadingZeros) }
            buffer.append(numbers: buffers.numbers, valid: buffers.valid)
        case .decimal, .date, .json, .list:
            for row in 0..<texts.count {
                guard let text = texts[row], append(text, to: &buffer) else { return row }
            }
            return texts.count
        }
        return buffers.valid.count
    }

    /// Takes back the values of a column from a row on, as if they had not been read.
    mutating func takeBack(from row: Int, of buffer: inout ColumnBuffer) {
        if case .text = column.type {
            for row in row..<max(row, buffer.count) where !buffer.isNull(row) {
                buffer.bytes.withUnsafeBufferPointer {
                    if NullWord.isOne(TextTrim.trimmed(Bytes(rebasing: $0[buffer.byteRange(row)]))) { nullWords -= 1 }
                }
            }
        }
        buffer.truncate(to: row)
    }

    private mutating func appendTexts(_ texts: CSVColumn, to buffer: inout ColumnBuffer, _ buffers: inout Buffers) -> Int {
        buffers.texts.removeAll(keepingCapacity: true)
        for row in 0..<texts.count {
            guard let text = texts[row] else { break }
            let trimmed = TextTrim.trimmed(text)
            if isNull(text, trimmed) {
                buffers.texts.append(nil)
            } else {
                if NullWord.isOne(trimmed) { nullWords += 1 }
                buffers.texts.append(trims ? trimmed : text)
            }
        }
        buffer.append(texts: buffers.texts)
        return buffers.texts.count
    }

    /// Reads values until one does not fit.
    @inline(__always)
    private func read<Value>(
        _ texts: CSVColumn, _ values: inout [Value], _ valid: inout [UInt8], _ null: Value, _ read: (Bytes) -> Value?
    ) {
        values.removeAll(keepingCapacity: true)
        valid.removeAll(keepingCapacity: true)
        for row in 0..<texts.count {
            guard let text = texts[row] else { return }
            let trimmed = TextTrim.trimmed(text)
            if isNull(text, trimmed) {
                values.append(null)
                valid.append(0)
            } else {
                guard let value = read(trimmed) else { return }
                values.append(value)
                valid.append(1)
            }
        }
    }
}

import HooklineCore
import JSON
import Text

extension CellReader {
    /// Appends a value of a query's row.
    ///
    /// Numbers, booleans, JSON, and arrays fit as values of JSON do, and texts as JSON strings. Dates and timestamps are read as they
    /// are written, whatever `format` the column has for texts. The bytes of a `bytea` or BLOB never fit.
    mutating func append(_ cell: QueryCell, to buffer: inout ColumnBuffer, _ memory: CellMemory) -> Bool {
        guard let bytes = cell.bytes else {
            buffer.appendNull()
            return true
        }
        switch cell.kind {
        case .text: return append(serverText: bytes, to: &buffer)
        case .paddedText:
            return append(serverText: Bytes(rebasing: bytes[..<((bytes.lastIndex { $0 != 0x20 } ?? -1) + 1)]), to: &buffer)
        case .number: return append(serverNumber: bytes, to: &buffer)
        case .float(exponentFrom: 15) where column.type == .number: return append(serverNumber: bytes, to: &buffer)
        case .float(let exponentFrom):
            FloatText.write(bytes, exponentFrom: exponentFrom, to: &memory.list)
            return memory.list.withUnsafeBufferPointer { append(serverNumber: $0, to: &buffer) }
        case .boolean:
            let word: StaticString = bytes.first == UInt8(ascii: "t") ? "true" : "false"
            return append(jsonBoolean: Bytes(start: word.utf8Start, count: word.utf8CodeUnitCount), to: &buffer)
        case .time: return append(serverTime: bytes, to: &buffer)
        case .json: return append(serverJSON: bytes, to: &buffer, memory)
        case .bytes, .list(of: .bytes): return refuse(.blob)
        case .list(let kind):
            guard ArrayText.write(bytes, itemsOf: kind, to: &memory.list) else { return refuse(.list) }
            return memory.list.withUnsafeBufferPointer { json in
                guard case .list = column.type else { return append(serverJSON: json, to: &buffer, memory) }
                guard lists.read(json: json, into: &scratch) else { return refuse(.nestedList) }
                scratch.withUnsafeBufferPointer { buffer.append(bytes: $0) }
                return true
            }
        }
    }

    /// A database whose encoding is SQL_ASCII sends whatever bytes it was given.
    private mutating func append(serverText text: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        guard UTF8Check.isValid(text) else { return refuse(.encoding) }
        return append(ofKnownKind: text, to: &buffer)
    }

    private mutating func append(serverNumber written: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        guard let last = written.last, last &- 48 < 10 || column.type.isText else { return refuse(.notFinite) }
        return append(jsonNumber: written, to: &buffer)
    }

    private mutating func append(serverTime written: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        // `2026-01-31`, `2026-01-31 06:00:00.5`, and with `+00` behind it.
        switch column.type {
        case .date, .timestamp:
            guard let first = written.first, first &- 48 < 10 else { return refuse(.endless) }
            guard written.last != UInt8(ascii: "C") else { return refuse(.beforeOurEra) }
        default: return append(ofKnownKind: written, to: &buffer)
        }
        if column.type == .date {
            guard let day = serverTimes.day(written) else { return refuse(.text) }
            buffer.append(day: day)
        } else {
            guard let moment = serverTimes.moment(written) else { return refuse(.text) }
            buffer.append(integer: moment)
        }
        return true
    }

    private mutating func append(serverJSON written: Bytes, to buffer: inout ColumnBuffer, _ memory: CellMemory) -> Bool {
        var scanner = JSONScanner(written)
        guard let value = try? scanner.value() else { return refuse(.text) }
        return append(value, in: written, to: &buffer, unescaped: memory.unescaped)
    }
}

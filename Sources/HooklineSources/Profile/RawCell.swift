import HooklineCore
import JSON

/// A cell as the source has it, before it is read as a type. Its bytes are valid until the next row.
enum RawCell {
    /// The object has no such key.
    case absent
    /// The path leads through something that is not an object.
    case blocked
    /// A field of a CSV file.
    case field(UnsafeBufferPointer<UInt8>)
    /// A value of a JSON object, and its line.
    case json(JSONScanner.Value, UnsafeBufferPointer<UInt8>)
    case sqlite(SQLiteCell)
    case query(QueryCell)

    /// Whether the source itself says NULL.
    var isNull: Bool {
        switch self {
        case .absent: true
        case .json(let value, _): value.kind == .null
        case .sqlite(.null): true
        case .query(let cell): cell.bytes == nil
        case .blocked, .field, .sqlite: false
        }
    }

    /// Whether it is a JSON list or object.
    var isContainer: Bool {
        switch self {
        case .json(let value, _): value.kind == .array || value.kind == .object
        case .query(let cell): cell.isContainer
        default: false
        }
    }

    /// What it looks like, without a person's data.
    var shape: String {
        switch self {
        case .absent, .sqlite(.null): "NULL"
        case .blocked: "not an object"
        case .field(let bytes): ValueShape.of(bytes)
        case .json(let value, let line):
            isContainer ? "JSON" : ValueShape.of(UnsafeBufferPointer(rebasing: line[value.range]))
        case .sqlite(.integer(let value)): ValueShape.of(String(value))
        case .sqlite(.real(let value)): ValueShape.of(String(value))
        case .sqlite(.text(let bytes)): bytes.withUnsafeBufferPointer { ValueShape.of($0) }
        case .sqlite(.blob): "BLOB"
        case .query(let cell) where cell.kind == .bytes: "BLOB"
        case .query(let cell):
            cell.bytes.map { cell.isContainer ? "JSON" : ValueShape.of($0) } ?? "NULL"
        }
    }
}

extension CellReader {
    /// Appends a cell as a run does, and returns whether it fits the column.
    mutating func append(_ cell: RawCell, to buffer: inout ColumnBuffer, _ memory: CellMemory) -> Bool {
        switch cell {
        case .absent:
            buffer.appendNull()
            return true
        case .blocked: return refuse(.path)
        case .field(let bytes): return append(bytes, to: &buffer)
        case .json(let value, let line): return append(value, in: line, to: &buffer, unescaped: memory.unescaped)
        case .sqlite(let cell): return append(cell, to: &buffer)
        case .query(let cell): return append(cell, to: &buffer, memory)
        }
    }
}

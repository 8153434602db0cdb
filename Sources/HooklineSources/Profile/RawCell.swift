import HooklineCore
import JSON

/// A cell as the source stores it, before a type is applied. Its bytes are valid until the next row.
enum RawCell {
    /// The object lacks the key.
    case absent
    /// The path leads through a value that is not an object.
    case blocked
    /// A field of a CSV file.
    case field(UnsafeBufferPointer<UInt8>)
    /// A value of a JSON object, and the line that contains it.
    case json(JSONScanner.Value, UnsafeBufferPointer<UInt8>)
    case sqlite(SQLiteCell)

    /// Whether the cell is NULL in the source itself.
    var isNull: Bool {
        switch self {
        case .absent: true
        case .json(let value, _): value.kind == .null
        case .sqlite(.null): true
        case .blocked, .field, .sqlite: false
        }
    }

    /// Whether the cell is a JSON list or object.
    var isContainer: Bool {
        guard case .json(let value, _) = self else { return false }
        return value.kind == .array || value.kind == .object
    }

    /// The shape of the value, without personal data.
    var shape: String {
        switch self {
        case .absent, .sqlite(.null): "NULL"
        case .blocked: "no object"
        case .field(let bytes): ValueShape.of(bytes)
        case .json(let value, let line):
            isContainer ? "JSON" : ValueShape.of(UnsafeBufferPointer(rebasing: line[value.range]))
        case .sqlite(.integer(let value)): ValueShape.of(String(value))
        case .sqlite(.real(let value)): ValueShape.of(String(value))
        case .sqlite(.text(let bytes)): bytes.withUnsafeBufferPointer { ValueShape.of($0) }
        case .sqlite(.blob): "BLOB"
        }
    }
}

extension CellReader {
    /// Appends a cell as a run would.
    mutating func append(_ cell: RawCell, to buffer: inout ColumnBuffer, unescaped: JSONText.Buffer) -> Bool {
        switch cell {
        case .absent:
            buffer.appendNull()
            return true
        case .blocked: return refuse(.path)
        case .field(let bytes): return append(bytes, to: &buffer)
        case .json(let value, let line): return append(value, in: line, to: &buffer, unescaped: unescaped)
        case .sqlite(let cell): return append(cell, to: &buffer)
        }
    }
}

import HooklineCore
import Lua

extension RecordBatch {
    /// Lends the columns to Lua, as they lie in memory, for the time of the body.
    func withLuaBatch(selection: [UInt8], _ body: (LuaBatch) throws -> Void) throws {
        try selection.withUnsafeBufferPointer { selection in
            try rowNumbers.withUnsafeBufferPointer { numbers in
                try numbers.withMemoryRebound(to: Int64.self) { numbers in
                    var lent: [LuaColumn] = []
                    lent.reserveCapacity(columns.count)
                    try lend(0, &lent) { columns in
                        try body(LuaBatch(columns: columns, rowCount: count, selected: selection, rowNumbers: numbers))
                    }
                }
            }
        }
    }

    /// Each column's buffers are borrowed inside the closure of the one before: a pointer never outlives its loan.
    private func lend(_ index: Int, _ lent: inout [LuaColumn], _ body: ([LuaColumn]) throws -> Void) throws {
        guard index < columns.count else { return try body(lent) }
        try columns[index].withLuaColumn { column in
            lent.append(column)
            try lend(index + 1, &lent, body)
        }
    }
}

extension ColumnBuffer {
    fileprivate func withLuaColumn(_ body: (LuaColumn) throws -> Void) throws {
        try valid.withUnsafeBufferPointer { valid in
            try bytes.withUnsafeBufferPointer { bytes in
                try offsets.withUnsafeBufferPointer { offsets in
                    try integers.withUnsafeBufferPointer { integers in
                        try numbers.withUnsafeBufferPointer { numbers in
                            try body(
                                LuaColumn(
                                    kind, valid: valid, bytes: bytes, offsets: offsets, integers: integers, numbers: numbers))
                        }
                    }
                }
            }
        }
    }

    private var kind: LuaColumn.Kind {
        switch column.type {
        case .text: .text
        case .integer: .integer
        case .number: .number
        case .decimal: .decimal
        case .boolean: .boolean
        case .timestamp: .timestamp
        case .date: .date
        case .json: .json
        }
    }
}

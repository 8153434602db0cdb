import HooklineCore
import Lua

extension ColumnBuffer {
    /// Lends the column to Lua, as it lies in memory, for the time of the body.
    func withLuaColumn(_ body: (LuaColumn) -> Void) {
        valid.withUnsafeBufferPointer { valid in
            bytes.withUnsafeBufferPointer { bytes in
                offsets.withUnsafeBufferPointer { offsets in
                    integers.withUnsafeBufferPointer { integers in
                        numbers.withUnsafeBufferPointer { numbers in
                            body(LuaColumn(luaKind, valid: valid, bytes: bytes, offsets: offsets, integers: integers, numbers: numbers))
                        }
                    }
                }
            }
        }
    }

    /// What Lua sees in it.
    var luaKind: LuaColumn.Kind {
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

    /// The bytes that some of its rows take.
    func luaBytes(of rows: Range<Int>) -> Int {
        switch column.type.storage {
        case .bytes: rows.count * 5 + 4 + Int(offsets[rows.upperBound] - offsets[rows.lowerBound])
        case .integers, .numbers: rows.count * 9
        }
    }
}

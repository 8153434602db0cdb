import HooklineCore
import Lua

extension ColumnBuffer {
    /// Lends the column to Lua, without copying, while `body` runs.
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

    /// Its type for Lua.
    var luaKind: LuaColumn.Kind {
        switch column.type {
        case .text: .text
        case .integer: .integer
        case .number: .number
        case .decimal: .decimal
        case .boolean: .boolean
        case .timestamp: .timestamp
        case .date: .date
        case .json, .list: .json
        }
    }

    /// How many bytes the given rows take in a slot.
    func luaBytes(of rows: Range<Int>) -> Int {
        switch column.type.storage {
        case .bytes: rows.count * 5 + 4 + Int(offsets[rows.upperBound] - offsets[rows.lowerBound])
        case .integers, .numbers: rows.count * 9
        }
    }
}

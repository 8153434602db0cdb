import CLuaHost

/// Reads values that the C side wrote. Every length is checked, because the bytes may come from another process.
struct ValueDecoder {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next value.
    mutating func value(depth: Int = 0) throws(LuaError) -> LuaValue {
        guard depth <= 80 else { throw Self.malformed }
        switch Int(try integer(UInt8.self)) {
        case Int(HL_TAG_NIL): return .none
        case Int(HL_TAG_FALSE): return .boolean(false)
        case Int(HL_TAG_TRUE): return .boolean(true)
        case Int(HL_TAG_INTEGER): return .integer(Int64(bitPattern: try integer(UInt64.self)))
        case Int(HL_TAG_NUMBER): return .number(Double(bitPattern: try integer(UInt64.self)))
        case Int(HL_TAG_STRING): return try string()
        case Int(HL_TAG_LIST): return try list(depth)
        case Int(HL_TAG_TABLE): return try table(depth)
        case Int(HL_TAG_NULL): return .null
        case Int(HL_TAG_OPAQUE): return .opaque(String(decoding: try counted(), as: UTF8.self))
        default: throw Self.malformed
        }
    }

    private static var malformed: LuaError { LuaError(.misuse, message: "a result is encoded incorrectly") }

    private mutating func take(_ count: Int) throws(LuaError) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else { throw Self.malformed }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws(LuaError) -> Number {
        Number(littleEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
    }

    private mutating func counted() throws(LuaError) -> UnsafeRawBufferPointer {
        let count = try integer(UInt32.self)
        return try take(Int(count))
    }

    private mutating func string() throws(LuaError) -> LuaValue {
        let text = try counted()
        return String(validating: text, as: UTF8.self).map { .string($0) } ?? .bytes(Array(text))
    }

    private mutating func list(_ depth: Int) throws(LuaError) -> LuaValue {
        var values: [LuaValue] = []
        for _ in 0..<(try integer(UInt32.self)) { values.append(try value(depth: depth + 1)) }
        return .list(values)
    }

    private mutating func table(_ depth: Int) throws(LuaError) -> LuaValue {
        var entries: [String: LuaValue] = [:]
        for _ in 0..<(try integer(UInt32.self)) {
            let key = String(decoding: try counted(), as: UTF8.self)
            entries[key] = try value(depth: depth + 1)
        }
        return .table(entries)
    }
}

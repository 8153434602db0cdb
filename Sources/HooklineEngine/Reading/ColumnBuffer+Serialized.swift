import HooklineCore

extension ColumnBuffer {
    /// The bytes of a value when it is serialized: a mark, and the value if it is not NULL.
    func serializedSize(_ row: Int) -> Int {
        if isNull(row) { return 1 }
        return column.type.storage == .bytes ? 5 + byteRange(row).count : 9
    }

    func serialize(_ row: Int, to target: UnsafeMutableRawPointer) {
        target.storeBytes(of: isNull(row) ? 0 : 1, as: UInt8.self)
        if isNull(row) { return }
        switch column.type.storage {
        case .integers: target.storeBytes(of: integers[row], toByteOffset: 1, as: Int64.self)
        case .numbers: target.storeBytes(of: numbers[row], toByteOffset: 1, as: Double.self)
        case .bytes:
            let range = byteRange(row)
            target.storeBytes(of: UInt32(truncatingIfNeeded: range.count), toByteOffset: 1, as: UInt32.self)
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(start: target + 5, count: range.count).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: $0[range]))
            }
        }
    }

    /// How many bytes a value of a column takes that was serialized.
    static func size(serialized bytes: UnsafeRawBufferPointer, of column: Column) -> Int {
        if bytes[0] == 0 { return 1 }
        return column.type.storage == .bytes ? 5 + Int(bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)) : 9
    }

    /// Appends a value that was serialized from a column of the same type.
    mutating func append(serialized bytes: UnsafeRawBufferPointer) {
        if bytes[0] == 0 { return appendNull() }
        switch column.type.storage {
        case .integers: append(integer: bytes.loadUnaligned(fromByteOffset: 1, as: Int64.self))
        case .numbers: append(number: bytes.loadUnaligned(fromByteOffset: 1, as: Double.self))
        case .bytes:
            let count = Int(bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
            append(bytes: UnsafeRawBufferPointer(rebasing: bytes[5..<5 + count]).bindMemory(to: UInt8.self))
        }
    }
}

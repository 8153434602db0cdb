/// The values of a column, to find the one at some place in their order, exactly.
///
/// Each value has a number of 64 bits that grows with it. Counting the values by 16 of those bits at a time finds the number at a place without
/// sorting. From some number of values on, they wait outside of memory.
struct OrderedValues {
    /// How many there are.
    private(set) var count = 0
    private let type: ColumnType
    private let spilling: Spilling?
    /// Records: the number and, in a byte column, the size and the bytes.
    private var chunk: [UInt8] = []
    private var chunks: [Chunk] = []

    private enum Chunk {
        case memory([UInt8])
        case scratch(position: Int, size: Int)
    }

    private static let chunkSize = 1 << 18

    /// - Parameters:
    ///   - type: the type of the column.
    ///   - spilling: where values go that are too many; nil if all stay in memory.
    init(_ type: ColumnType, _ spilling: Spilling?) {
        self.type = type
        self.spilling = spilling
    }

    /// Adds the values of a column of a batch; NULL and unreadable values are none.
    ///
    /// - Throws: the scratch's errors.
    mutating func add(_ column: ColumnBuffer) throws {
        for row in 0..<column.count where column.valid[row] == 1 {
            switch type.storage {
            case .integers: append(Self.key(column.integers[row]))
            case .numbers: append(Self.key(column.numbers[row]))
            case .bytes:
                let bytes = column.bytes[column.byteRange(row)]
                append(type == .decimal ? DecimalText.key(bytes) : Self.key(bytes))
                withUnsafeBytes(of: UInt32(bytes.count)) { chunk.append(contentsOf: $0) }
                chunk.append(contentsOf: bytes)
            }
            count += 1
            if chunk.count >= Self.chunkSize { try endChunk() }
        }
    }

    private mutating func append(_ key: UInt64) { withUnsafeBytes(of: key) { chunk.append(contentsOf: $0) } }

    private mutating func endChunk() throws {
        chunks.append(.memory(chunk))
        chunk = []
        // 4 MB unless a test says otherwise.
        guard let spilling, count > 2 * spilling.threshold else { return }
        let scratch = try spilling.scratch()
        for index in chunks.indices {
            guard case .memory(let bytes) = chunks[index] else { continue }
            chunks[index] = .scratch(position: try bytes.withUnsafeBytes { try scratch.append($0) }, size: bytes.count)
        }
    }

    /// The value at a place in the ascending order, from 0; nil if there is none.
    ///
    /// - Throws: the scratch's errors.
    func value(at place: Int) throws -> CellValue? {
        guard (0..<count).contains(place) else { return nil }
        var (key, left): (UInt64, Int) = (0, place)
        for shift in stride(from: 48, through: 0, by: -16) {
            var counts = Array(repeating: 0, count: 1 << 16)
            try forEach { other, _ in
                if shift == 48 || other >> UInt64(shift + 16) == key {
                    counts[Int(truncatingIfNeeded: other >> UInt64(shift)) & 0xFFFF] += 1
                }
            }
            var digit = 0
            while counts[digit] <= left {
                left -= counts[digit]
                digit += 1
            }
            key = key << 16 | UInt64(digit)
        }
        switch type.storage {
        case .integers: return .integer(Int64(bitPattern: key ^ Self.sign))
        case .numbers: return .number(Double(bitPattern: key & Self.sign == 0 ? ~key : key ^ Self.sign))
        case .bytes: return try text(at: left, amongThoseOf: key).map { .bytes($0) }
        }
    }

    /// The value at a place among those that share a number, which are few different ones.
    private func text(at place: Int, amongThoseOf key: UInt64) throws -> [UInt8]? {
        var counts: [[UInt8]: Int] = [:]
        try forEach { other, bytes in if other == key { counts[Array(bytes), default: 0] += 1 } }
        let sorted = counts.sorted { one, other in
            let order = CellValue.compare(.bytes(one.key), .bytes(other.key), as: type)
            // 1.0 and 1.00 are one value, of which the same spelling is shown each time.
            return order == 0 ? one.key.lexicographicallyPrecedes(other.key) : order < 0
        }
        var left = place
        for (text, count) in sorted {
            if left < count { return text }
            left -= count
        }
        return nil
    }

    private func forEach(_ body: (UInt64, UnsafeRawBufferPointer) -> Void) throws {
        let hasBytes = type.storage == .bytes
        func read(_ records: UnsafeRawBufferPointer) {
            var start = 0
            while start < records.count {
                let key = records.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                start += 8
                var end = start
                if hasBytes {
                    start += 4
                    end = start + Int(records.loadUnaligned(fromByteOffset: start - 4, as: UInt32.self))
                }
                body(key, UnsafeRawBufferPointer(rebasing: records[start..<end]))
                start = end
            }
        }
        for part in chunks + [.memory(chunk)] {
            switch part {
            case .memory(let bytes): bytes.withUnsafeBytes(read)
            case .scratch(let position, let size):
                let scratch = try spilling?.scratch()
                let bytes = try [UInt8](unsafeUninitializedCapacity: size) { bytes, filled in
                    try scratch?.read(
                        at: position, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[0..<size])))
                    filled = size
                }
                bytes.withUnsafeBytes(read)
            }
        }
    }

    // MARK: Numbers that grow with the value

    private static let sign: UInt64 = 1 << 63

    private static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ sign }

    private static func key(_ value: Double) -> UInt64 {
        // -0 equals 0.
        let bits = (value + 0).bitPattern
        return bits & sign == 0 ? bits | sign : ~bits
    }

    /// The first eight bytes.
    private static func key(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        for byte in bytes.prefix(8) { key = key << 8 | UInt64(byte) }
        return key << UInt64(8 * (8 - min(8, bytes.count)))
    }
}

import HooklineCore

/// Keys of rows as long as each is greater than the one before, as of tables that are read in the order of their keys: none of them can repeat
/// another. Takes one byte for nearly each, in case that a later one does not follow.
struct AscendingKeys {
    private enum Block {
        case inMemory([UInt8])
        case stored(position: Int, size: Int)
    }

    /// The last key; nil so far.
    private(set) var last: Int64?
    private var lastRow = 0
    private(set) var count = 0
    /// Full blocks.
    private var blocks: [Block] = []
    /// Of each key how much greater it is than the one before, if that is less than 256 and its row the next one; otherwise 0, and both
    /// differences.
    private var bytes: [UInt8] = []
    private let spilling: Spilling?

    private static let blockSize = 1 << 16
    private static let longest = 17

    /// - Parameter spilling: where full blocks go once there are many keys; nil if all stay in memory.
    init(_ spilling: Spilling?) { self.spilling = spilling }

    /// Notes a key that is greater than `last`.
    ///
    /// - Throws: the scratch's errors.
    @inline(__always)
    mutating func append(_ key: Int64, row: Int) throws {
        if bytes.count + Self.longest > Self.blockSize { try endBlock() }
        let (more, rows) = (UInt64(bitPattern: key &- (last ?? 0)), row - lastRow)
        if more < 256, more > 0, rows == 1 {
            bytes.append(UInt8(truncatingIfNeeded: more))
        } else {
            bytes.append(0)
            for value in [more, UInt64(bitPattern: Int64(rows))] { withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) } }
        }
        (last, lastRow) = (key, row)
        count += 1
    }

    private mutating func endBlock() throws {
        if let spilling, count > spilling.threshold {
            let position = try bytes.withUnsafeBytes { try spilling.scratch().append($0) }
            blocks.append(.stored(position: position, size: bytes.count))
        } else {
            blocks.append(.inMemory(bytes))
        }
        bytes.removeAll(keepingCapacity: true)
    }

    /// Passes each key and its row to `body`, in their order.
    ///
    /// - Throws: the scratch's errors, and what `body` throws.
    func forEach(_ body: (Int64, Int) throws -> Void) throws {
        var (key, row): (Int64, Int) = (0, 0)
        for block in blocks + [.inMemory(bytes)] {
            try read(block).withUnsafeBytes { block in
                var at = 0
                while at < block.count {
                    var (more, rows) = (UInt64(block[at]), 1)
                    at += 1
                    if more == 0 {
                        more = block.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                        rows = Int(block.loadUnaligned(fromByteOffset: at + 8, as: Int64.self))
                        at += 16
                    }
                    key &+= Int64(bitPattern: more)
                    row += rows
                    try body(key, row)
                }
            }
        }
    }

    private func read(_ block: Block) throws -> [UInt8] {
        switch block {
        case .inMemory(let bytes): return bytes
        case .stored(let position, let size):
            guard let spilling else { return [] }
            return try [UInt8](unsafeUninitializedCapacity: size) { bytes, filled in
                try spilling.scratch().read(
                    at: position, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[0..<size])))
                filled = size
            }
        }
    }
}

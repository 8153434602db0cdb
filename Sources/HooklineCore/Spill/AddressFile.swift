/// Addresses in the order of their hashes, in a scratch. In memory, it takes about 40 bytes for each 500 of them.
package struct AddressFile: Sendable {
    fileprivate struct Block: Equatable {
        let position: Int
        let size: Int
        let first: SubscriberHash
    }

    /// As many as travel in one call.
    private static let blockSize = 500
    /// About how many bytes are written together.
    private static let writeSize = 1 << 18
    private let scratch: any Scratch
    /// Full ones.
    private var blocks: [Block] = []
    /// What comes after the blocks.
    private var last = AddressList()

    package init(in scratch: any Scratch) { self.scratch = scratch }

    package var count: Int { blocks.count * Self.blockSize + last.count }

    /// Appends addresses that come after all others, in the order of their hashes.
    ///
    /// - Throws: the scratch's errors.
    package mutating func append(_ list: AddressList) throws {
        var taken = 0
        var waiting = BlockBuffer()
        while taken < list.count {
            let rest = list.count - taken
            if last.isEmpty, rest >= Self.blockSize {
                waiting.append(list, taken..<taken + Self.blockSize)
                taken += Self.blockSize
            } else {
                let end = taken + min(rest, Self.blockSize - last.count)
                last.append(list, at: taken..<end)
                taken = end
                if last.count < Self.blockSize { break }
                waiting.append(last, 0..<Self.blockSize)
                last = AddressList()
            }
            if waiting.bytes.count >= Self.writeSize { try write(&waiting) }
        }
        try write(&waiting)
    }

    private mutating func write(_ waiting: inout BlockBuffer) throws {
        if waiting.bytes.isEmpty { return }
        let start = try waiting.bytes.withUnsafeBytes { try scratch.append($0) }
        for block in waiting.blocks { blocks.append(Block(position: start + block.position, size: block.size, first: block.first)) }
        waiting = BlockBuffer()
    }

    /// The addresses at a range of indexes.
    ///
    /// - Throws: the scratch's errors.
    package func part(_ range: Range<Int>) throws -> AddressList {
        var part = AddressList()
        var start = range.lowerBound
        while start < range.upperBound {
            let (block, offset) = start.quotientAndRemainder(dividingBy: Self.blockSize)
            let end = min(range.upperBound - block * Self.blockSize, Self.blockSize)
            let list = try self.block(block)
            if offset == 0, end == list.count, part.isEmpty, start + end - offset == range.upperBound { return list }
            part.append(list, at: offset..<end)
            start += end - offset
        }
        return part
    }

    /// How many addresses come before a hash.
    ///
    /// - Throws: the scratch's errors.
    package func rank(of hash: SubscriberHash) throws -> Int {
        let block = max(0, blocks.partitioningIndex { !($0.first < hash) } - 1)
        let list = try self.block(block)
        let rank = block * Self.blockSize + list.hashes.partitioningIndex { !($0 < hash) }
        // All of the blocks come before it, and perhaps some of the rest.
        if rank == blocks.count * Self.blockSize, block < blocks.count { return rank + last.hashes.partitioningIndex { !($0 < hash) } }
        return rank
    }

    private func block(_ number: Int) throws -> AddressList {
        if number == blocks.count { return last }
        let block = blocks[number]
        let bytes = try [UInt8](unsafeUninitializedCapacity: block.size) { bytes, filled in
            try scratch.read(
                at: block.position, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[0..<block.size])))
            filled = block.size
        }
        return AddressList(serialized: bytes, count: Self.blockSize)
    }
}

extension AddressFile: Equatable {
    /// Whether both are the same addresses in the same place.
    package static func == (one: AddressFile, other: AddressFile) -> Bool {
        one.scratch === other.scratch && one.blocks == other.blocks && one.last == other.last
    }
}

/// Blocks that are written together; their positions count from its start.
private struct BlockBuffer {
    var bytes: [UInt8] = []
    var blocks: [AddressFile.Block] = []

    mutating func append(_ list: AddressList, _ range: Range<Int>) {
        let start = bytes.count
        list.serialize(range, to: &bytes)
        blocks.append(AddressFile.Block(position: start, size: bytes.count - start, first: list.hashes[range.lowerBound]))
    }
}

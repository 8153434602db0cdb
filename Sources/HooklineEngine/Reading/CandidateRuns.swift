import HooklineCore

/// The kept rows whose addresses are decided after the last row, on disk: in partitions by the first bits of their hashes, and in each in
/// the order of the source.
final class CandidateRuns: Sendable {
    /// 256 partitions: of 30 million rows, each has some 120,000, which take 15 MB while they are decided.
    private static let bits = 8
    private static let blockSize = 1_000
    private let runs: ScratchRuns
    /// The column of keys; nil if nobody asks for them.
    private let keyColumn: Column?

    /// Some rows of a partition.
    struct Block {
        var addresses = RowAddresses()
        /// The rows' numbers in the source.
        var numbers: [Int] = []
        /// Their keys; nil without a column of keys.
        var keys: ColumnBuffer?
        /// 1 for each row.
        var isWanted: [UInt8] = []

        /// The address of a row.
        func address(_ row: Int) -> String { String(decoding: addresses.bytes[addresses.range(row)], as: UTF8.self) }

        mutating func removeAll() {
            addresses.removeAll()
            numbers.removeAll(keepingCapacity: true)
            keys?.removeAll()
            isWanted.removeAll(keepingCapacity: true)
        }
    }

    init(keyColumn: Column?, in scratch: any Scratch) {
        runs = ScratchRuns(bits: Self.bits, in: scratch)
        self.keyColumn = keyColumn
    }

    /// How many partitions there are.
    var count: Int { runs.count }

    /// How many rows a partition has.
    func rows(of partition: Int) -> Int { runs.records(of: partition) }

    /// The hashes of a partition.
    func range(of partition: Int) -> ClosedRange<SubscriberHash> {
        let shift = UInt64(64 - Self.bits)
        let first = UInt64(partition) << shift
        return SubscriberHash(high: first, low: 0)...SubscriberHash(high: first | (1 << shift - 1), low: .max)
    }

    // MARK: Writing

    /// Appends rows of a batch.
    ///
    /// - Parameters:
    ///   - meetings: the rows to append are those with `deferred`.
    ///   - batch: the rows.
    ///   - addresses: their addresses.
    ///   - key: the index of the column of keys.
    /// - Throws: the scratch's errors.
    func append(_ meetings: [Differ.Meeting?], of batch: RecordBatch, _ addresses: RowAddresses, key: Int?) throws {
        let keys = keyColumn == nil ? nil : key.map { batch.columns[$0] }
        for row in meetings.indices {
            guard case .deferred = meetings[row] else { continue }
            let (hash, address) = (addresses.hashes[row], addresses.range(row))
            let size = 22 + address.count + (keys?.serializedSize(row) ?? 0)
            try runs.append(size, to: runs.partition(of: hash.high)) { record in
                record.storeBytes(of: hash.high, as: UInt64.self)
                record.storeBytes(of: hash.low, toByteOffset: 8, as: UInt64.self)
                record.storeBytes(of: UInt32(truncatingIfNeeded: batch.rowNumbers[row]), toByteOffset: 16, as: UInt32.self)
                record.storeBytes(of: UInt16(truncatingIfNeeded: address.count), toByteOffset: 20, as: UInt16.self)
                addresses.bytes.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(start: record + 22, count: address.count).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: $0[address]))
                }
                keys?.serialize(row, to: record + 22 + address.count)
            }
        }
    }

    /// Nothing is appended anymore.
    ///
    /// - Throws: the scratch's errors.
    func seal() throws { try runs.seal() }

    // MARK: Reading

    /// Passes all rows of a partition to `body`, in the order of the source.
    ///
    /// - Throws: the scratch's errors, and what `body` throws.
    func forEachBlock(of partition: Int, _ body: (Block) throws -> Void) throws {
        let bytes = try runs.bytes(of: partition)
        var block = Block(keys: keyColumn.map { ColumnBuffer($0) })
        try bytes.withUnsafeBytes { bytes in
            var at = 0
            while at < bytes.count {
                let hash = SubscriberHash(
                    high: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self),
                    low: bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
                block.numbers.append(Int(bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt32.self)))
                let end = at + 22 + Int(bytes.loadUnaligned(fromByteOffset: at + 20, as: UInt16.self))
                block.addresses.append(UnsafeRawBufferPointer(rebasing: bytes[at + 22..<end]), hash)
                block.isWanted.append(1)
                at = end + (block.keys?.append(serialized: UnsafeRawBufferPointer(rebasing: bytes[end...])) ?? 0)
                if block.numbers.count == Self.blockSize || at == bytes.count {
                    try body(block)
                    block.removeAll()
                }
            }
        }
    }

    /// Passes the first row of each hash that fits to `body`.
    ///
    /// - Parameters:
    ///   - partitions: where to look.
    ///   - fits: whether a hash fits.
    ///   - body: gets a block, and the row's index in it.
    /// - Throws: the scratch's errors.
    func forEachFirst(in partitions: some Sequence<Int>, where fits: (SubscriberHash) -> Bool, _ body: (Block, Int) -> Void) throws {
        for partition in partitions {
            var seen = HashTable(capacity: rows(of: partition))
            try forEachBlock(of: partition) { block in
                for (index, hash) in block.addresses.hashes.enumerated() where fits(hash) {
                    if seen.update(hash, { _ in 1 }) == 0 { body(block, index) }
                }
            }
        }
    }

    /// The partitions that have any of the hashes.
    func partitions(of hashes: HashTable) -> Set<Int> {
        var partitions: Set<Int> = []
        hashes.forEach { hash, _ in partitions.insert(runs.partition(of: hash.high)) }
        return partitions
    }
}

extension ColumnBuffer {
    /// The bytes of a value when it is serialized: a mark, and the value if it is not NULL.
    fileprivate func serializedSize(_ row: Int) -> Int {
        if isNull(row) { return 1 }
        return column.type.storage == .bytes ? 5 + byteRange(row).count : 9
    }

    fileprivate func serialize(_ row: Int, to target: UnsafeMutableRawPointer) {
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

    /// Appends a value that was serialized from a column of the same type.
    ///
    /// - Returns: how many bytes it took.
    fileprivate mutating func append(serialized bytes: UnsafeRawBufferPointer) -> Int {
        if bytes[0] == 0 {
            appendNull()
            return 1
        }
        switch column.type.storage {
        case .integers: append(integer: bytes.loadUnaligned(fromByteOffset: 1, as: Int64.self))
        case .numbers: append(number: bytes.loadUnaligned(fromByteOffset: 1, as: Double.self))
        case .bytes:
            let count = Int(bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
            append(bytes: UnsafeRawBufferPointer(rebasing: bytes[5..<5 + count]).bindMemory(to: UInt8.self))
            return 5 + count
        }
        return 9
    }
}

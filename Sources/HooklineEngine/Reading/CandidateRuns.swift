import HooklineCore

/// The kept rows whose addresses are decided after the last row, on disk: in partitions by the first bits of their hashes, and in each in
/// the order of the source.
final class CandidateRuns: Sendable {
    /// 256 partitions: of 30 million rows, each has some 120,000, which take 15 MB while they are decided.
    private static let bits = 8
    private let runs: ScratchRuns
    /// The column of keys; nil if nobody asks for them.
    private let keyColumn: Column?

    init(keyColumn: Column?, in scratch: any Scratch) {
        runs = ScratchRuns(bits: Self.bits, in: scratch)
        self.keyColumn = keyColumn
    }

    /// How many partitions there are.
    var count: Int { runs.count }

    /// The partition of a hash.
    func part(of hash: SubscriberHash) -> Int { runs.partition(of: hash.high) }

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
        guard let column = keyColumn, let key else {
            return try append(meetings, of: batch, addresses, keySize: { _ in 0 }, writeKey: { _, _ in })
        }
        let keys = batch.columns[key]
        if column.type.storage == .bytes {
            return try append(meetings, of: batch, addresses, keySize: keys.serializedSize, writeKey: keys.serialize)
        }
        // Nearly all keys are numbers, so they are copied without a look at the column for each.
        try keys.valid.withUnsafeBufferPointer { valid in
            func append(_ values: UnsafeRawBufferPointer) throws {
                try self.append(
                    meetings, of: batch, addresses, keySize: { valid[$0] == 1 ? 9 : 1 },
                    writeKey: { row, target in
                        target.storeBytes(of: valid[row] == 1 ? 1 : 0, as: UInt8.self)
                        if valid[row] != 1 { return }
                        target.storeBytes(of: values.load(fromByteOffset: row * 8, as: UInt64.self), toByteOffset: 1, as: UInt64.self)
                    })
            }
            if column.type.storage == .integers {
                try keys.integers.withUnsafeBytes(append)
            } else {
                try keys.numbers.withUnsafeBytes(append)
            }
        }
    }

    /// Appends rows of a batch, with keys that take so many bytes and are written by a function.
    @inline(__always)
    private func append(
        _ meetings: [Differ.Meeting?], of batch: RecordBatch, _ addresses: RowAddresses, keySize: (Int) -> Int,
        writeKey: (Int, UnsafeMutableRawPointer) -> Void
    ) throws {
        let (runs, rows) = (runs, meetings.count)
        precondition(addresses.hashes.count == rows && addresses.ends.count == rows && batch.count == rows)
        try addresses.bytes.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            var start = 0
            for row in 0..<rows {
                let end = Int(addresses.ends[row])
                defer { start = end }
                guard case .deferred = meetings[row] else { continue }
                let (hash, size) = (addresses.hashes[row], end - start)
                let address = UnsafeRawBufferPointer(start: source + start, count: size)
                func write(_ record: UnsafeMutableRawPointer) {
                    record.storeBytes(of: hash.high, as: UInt64.self)
                    record.storeBytes(of: hash.low, toByteOffset: 8, as: UInt64.self)
                    record.storeBytes(of: UInt32(truncatingIfNeeded: batch.rowNumbers[row]), toByteOffset: 16, as: UInt32.self)
                    record.storeBytes(of: UInt16(truncatingIfNeeded: size), toByteOffset: 20, as: UInt16.self)
                    UnsafeMutableRawBufferPointer(start: record + CandidateBlock.headSize, count: size).copyMemory(from: address)
                    writeKey(row, record + CandidateBlock.headSize + size)
                }
                let (whole, partition) = (CandidateBlock.headSize + size + keySize(row), runs.partition(of: hash.high))
                if let record = try runs.makeRoom(whole, in: partition) {
                    write(record)
                } else {
                    try runs.append(whole, to: partition, write)
                }
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
    func forEachBlock(of partition: Int, _ body: (CandidateBlock) throws -> Void) throws {
        let bytes = try runs.bytes(of: partition)
        var at = 0
        while at < bytes.count {
            let block = CandidateBlock(of: bytes, from: at, keyColumn)
            at = block.end
            try body(block)
        }
    }

    /// Passes the first row of each hash that fits to `body`.
    ///
    /// - Parameters:
    ///   - partitions: where to look.
    ///   - fits: whether a hash fits.
    ///   - body: gets a block, and the row's index in it.
    /// - Throws: the scratch's errors.
    func forEachFirst(in partitions: some Sequence<Int>, where fits: (SubscriberHash) -> Bool, _ body: (CandidateBlock, Int) -> Void) throws
    {
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
        hashes.forEach { hash, _ in partitions.insert(part(of: hash)) }
        return partitions
    }
}

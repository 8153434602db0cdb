import HooklineCore

/// What was noted about each row of a source: a number of 64 bits, whose highest bits are as good as random.
///
/// Kept in blocks, because an array of millions is copied each time that it outgrows its memory; and from some number of rows on, on disk, in
/// partitions by the highest bits.
struct NotedRows {
    /// Those of one partition, or all of them.
    struct Part {
        fileprivate var blocks: [UnsafeRawBufferPointer] = []
        /// The highest bits that all notes have in common.
        fileprivate(set) var sharedBits = 0

        /// How many there are.
        var count: Int { blocks.reduce(0) { $0 + $1.count / NotedRows.recordSize } }

        /// Passes each note and the row's number to `body`, in the order in which they were noted.
        @inline(__always)
        func forEach(_ body: (UInt64, Int) -> Void) {
            for block in blocks {
                for start in stride(from: 0, to: block.count, by: NotedRows.recordSize) {
                    body(
                        block.loadUnaligned(fromByteOffset: start, as: UInt64.self),
                        Int(block.loadUnaligned(fromByteOffset: start + 8, as: UInt32.self)))
                }
            }
        }
    }

    /// Room for the records of some rows.
    private final class Block {
        static let size = 1 << 15 * recordSize
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
        var filled = 0

        deinit { bytes.deallocate() }

        /// Those that are filled; valid as long as the block.
        var records: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[0..<filled]) }
    }

    private static let bits = 6
    /// A note, and the row's number.
    fileprivate static let recordSize = 12
    /// Full ones, which are in memory.
    private var blocks: [Block] = []
    /// The one that is being filled.
    private var last = Block()
    private var runs: ScratchRuns?
    private(set) var count = 0
    private let spilling: Spilling?
    /// How many rows stay in memory: 6 MB unless a test says otherwise.
    private let threshold: Int

    /// - Parameter spilling: where notes go that are too many; nil if all stay in memory.
    init(_ spilling: Spilling?) {
        self.spilling = spilling
        threshold = 2 * (spilling?.threshold ?? 0)
    }

    /// - Throws: the scratch's errors.
    @inline(__always)
    mutating func append(_ note: UInt64, row: Int) throws {
        if last.filled == Block.size { try makeRoom() }
        last.bytes.storeBytes(of: note, toByteOffset: last.filled, as: UInt64.self)
        last.bytes.storeBytes(of: UInt32(truncatingIfNeeded: row), toByteOffset: last.filled + 8, as: UInt32.self)
        last.filled += Self.recordSize
        count += 1
        if let spilling, runs == nil, count > threshold { try spill(spilling) }
    }

    private mutating func makeRoom() throws {
        if runs != nil { return try write(last) }
        blocks.append(last)
        last = Block()
    }

    private mutating func spill(_ spilling: Spilling) throws {
        runs = ScratchRuns(bits: Self.bits, in: try spilling.scratch())
        for block in blocks { try write(block) }
        blocks = []
    }

    /// Writes a block's records, and empties it.
    private func write(_ block: Block) throws {
        try runs?.append(block.records, each: Self.recordSize)
        block.filled = 0
    }

    /// Counts something in the notes, those with the same highest bits together.
    ///
    /// - Parameters:
    ///   - threads: how many threads count.
    ///   - body: counts in some of the notes, on any thread.
    /// - Returns: all that it counted.
    /// - Throws: the scratch's errors.
    func count(threads: Int, _ body: @escaping @Sendable (Part) -> RowCount) throws -> RowCount {
        guard let runs else { return withExtendedLifetime(self) { body(Part(blocks: (blocks + [last]).map(\.records))) } }
        try write(last)
        try runs.seal()
        let counted = ComputedAhead(runs.count, threads: threads) { partition in
            try runs.bytes(of: partition).withUnsafeBytes { body(Part(blocks: [$0], sharedBits: Self.bits)) }
        }
        defer { counted.end() }
        var all = RowCount()
        for _ in 0..<runs.count { all += try counted.collect() }
        return all
    }
}

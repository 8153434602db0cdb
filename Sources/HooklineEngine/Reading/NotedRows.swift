import HooklineCore

/// What was noted about each row of a source: a number of 64 bits, whose highest bits are as good as random.
///
/// Kept in blocks, because an array of millions is copied each time that it outgrows its memory; and from some number of rows on, on disk, in
/// partitions by the highest bits.
struct NotedRows {
    /// A block of notes, with the rows' numbers.
    typealias Block = (notes: [UInt64], rows: [UInt32])

    /// Those of one partition, or all of them.
    struct Part {
        fileprivate(set) var blocks: [Block] = []
        fileprivate(set) var count = 0
        /// The highest bits that all notes have in common.
        fileprivate(set) var sharedBits = 0

        /// Passes each note and the row's number to `body`, in the order in which they were noted.
        @inline(__always)
        func forEach(_ body: (UInt64, Int) -> Void) {
            for block in blocks {
                for index in block.notes.indices { body(block.notes[index], Int(block.rows[index])) }
            }
        }
    }

    private static let blockSize = 1 << 15
    private static let bits = 6
    private static let recordSize = 12
    private var inMemory = Part()
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
    mutating func append(_ note: UInt64, row: Int) throws {
        count += 1
        if let runs { return try Self.append(note, UInt32(truncatingIfNeeded: row), to: runs) }
        let last = inMemory.count & (Self.blockSize - 1)
        if last == 0 {
            var block: Block = ([], [])
            // The first block is not more than a small source needs.
            if inMemory.count > 0 {
                block.notes.reserveCapacity(Self.blockSize)
                block.rows.reserveCapacity(Self.blockSize)
            }
            inMemory.blocks.append(block)
        }
        let index = inMemory.blocks.count - 1
        inMemory.blocks[index].notes.append(note)
        inMemory.blocks[index].rows.append(UInt32(truncatingIfNeeded: row))
        inMemory.count += 1
        if let spilling, inMemory.count > threshold { try spill(spilling) }
    }

    private mutating func spill(_ spilling: Spilling) throws {
        let runs = ScratchRuns(bits: Self.bits, in: try spilling.scratch())
        for block in inMemory.blocks {
            for index in block.notes.indices { try Self.append(block.notes[index], block.rows[index], to: runs) }
        }
        inMemory = Part()
        self.runs = runs
    }

    private static func append(_ note: UInt64, _ row: UInt32, to runs: ScratchRuns) throws {
        try runs.append(recordSize, to: runs.partition(of: note)) { record in
            record.storeBytes(of: note, as: UInt64.self)
            record.storeBytes(of: row, toByteOffset: 8, as: UInt32.self)
        }
    }

    /// Passes the notes to `body`, those with the same highest bits together.
    ///
    /// - Throws: the scratch's errors.
    func forEachPart(_ body: (Part) -> Void) throws {
        guard let runs else { return body(inMemory) }
        try runs.seal()
        for partition in 0..<runs.count {
            let bytes = try runs.bytes(of: partition)
            var part = Part(sharedBits: Self.bits)
            part.count = bytes.count / Self.recordSize
            var block: Block = ([], [])
            block.notes.reserveCapacity(part.count)
            block.rows.reserveCapacity(part.count)
            bytes.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: Self.recordSize) {
                    block.notes.append(bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
                    block.rows.append(bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt32.self))
                }
            }
            part.blocks = [block]
            body(part)
        }
    }
}

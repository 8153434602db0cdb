import HooklineCore

/// Rows by hash, in blocks of flat buffers because there may be millions.
struct CandidateRows {
    private struct Block {
        var hashes: [SubscriberHash] = []
        var rows: [UInt32] = []
        var keys: ColumnBuffer?
    }

    private static let blockBits = 15
    private var blocks: [Block] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Appends a row with its value in the column of keys.
    mutating func append(_ hash: SubscriberHash, row: Int, _ column: ColumnBuffer?, _ index: Int) {
        if count >> Self.blockBits == blocks.count {
            var block = Block(keys: column.map { ColumnBuffer($0.column) })
            // The first block takes no more than a small source needs.
            if count > 0 {
                block.hashes.reserveCapacity(1 << Self.blockBits)
                block.rows.reserveCapacity(1 << Self.blockBits)
            }
            blocks.append(block)
        }
        let last = blocks.count - 1
        blocks[last].hashes.append(hash)
        blocks[last].rows.append(UInt32(truncatingIfNeeded: row))
        if let column { blocks[last].keys?.append(index, of: column) }
        count += 1
    }

    func hash(_ index: Int) -> SubscriberHash { blocks[index >> Self.blockBits].hashes[index & (1 << Self.blockBits - 1)] }

    /// The number of the row at an index.
    func row(_ index: Int) -> Int { Int(blocks[index >> Self.blockBits].rows[index & (1 << Self.blockBits - 1)]) }

    /// The key at an index; nil for NULL, and without a column of keys.
    func key(_ index: Int) -> String? { blocks[index >> Self.blockBits].keys?.described(index & (1 << Self.blockBits - 1)) }

    /// All hashes.
    var hashes: [SubscriberHash] { blocks.flatMap(\.hashes) }
}

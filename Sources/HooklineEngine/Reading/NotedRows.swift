/// What was noted about each row of a source: a number of 64 bits.
///
/// Kept in blocks, because an array of millions is copied each time that it outgrows its memory.
struct NotedRows {
    /// What was noted, and the rows' numbers.
    private(set) var blocks: [(notes: [UInt64], rows: [UInt32])] = []
    private(set) var count = 0

    private static let blockSize = 1 << 15

    mutating func append(_ note: UInt64, row: Int) {
        if count & (Self.blockSize - 1) == 0 {
            var (notes, rows): ([UInt64], [UInt32]) = ([], [])
            // The first block is not more than a small source needs.
            if count > 0 {
                notes.reserveCapacity(Self.blockSize)
                rows.reserveCapacity(Self.blockSize)
            }
            blocks.append((notes, rows))
        }
        let last = blocks.count - 1
        blocks[last].notes.append(note)
        blocks[last].rows.append(UInt32(truncatingIfNeeded: row))
        count += 1
    }

    /// Passes each note and the row's number to `body`, in the order in which they were noted.
    @inline(__always)
    func forEach(_ body: (UInt64, Int) -> Void) {
        for block in blocks {
            for index in block.notes.indices { body(block.notes[index], Int(block.rows[index])) }
        }
    }
}

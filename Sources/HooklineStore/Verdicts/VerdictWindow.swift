import HooklineCore

/// The part of a file of verdicts that a run looks in: as much as fits in a few megabytes, and it moves along with the rows of the source.
///
/// A row that it does not find enters the hooks, which is right in any case. So it matters only for speed that the order of the source hardly
/// changes; a file of up to ``rows`` rows is looked at as a whole, in any order.
struct VerdictWindow {
    /// How many rows fit: two halves of 32 blocks each.
    static let rows = 2 * halfBlocks * VerdictFormat.blockRows
    private static let halfBlocks = 32
    /// After so many rows in a row that were not found, a row that begins a block somewhere else moves the window there.
    private static let patience = 16_384

    private struct Half {
        var firstBlock: Int
        var blocks: Int
        var places: [RowDigest: (place: Int32, verdict: UInt16)] = [:]
    }

    private let file: VerdictFile
    private var older: Half
    private var newer: Half
    /// By the first digest of a block: the block. Empty for a file that fits as a whole.
    private var anchors: [RowDigest: Int] = [:]
    private var missed = 0

    init(_ file: VerdictFile) {
        self.file = file
        older = Self.half(of: file, from: 0)
        newer = Self.half(of: file, from: older.firstBlock + Self.halfBlocks)
        if file.end.rows > Self.rows {
            for block in 0..<file.blocks { if let digest = file.firstDigest(ofBlock: block) { anchors[digest] = block } }
        }
    }

    private static func half(of file: VerdictFile, from block: Int) -> Half {
        var half = Half(firstBlock: block, blocks: 0)
        half.places.reserveCapacity(min(halfBlocks * VerdictFormat.blockRows, max(0, file.end.rows - block * VerdictFormat.blockRows)))
        while half.blocks < halfBlocks, let rows = file.rows(ofBlock: block + half.blocks) {
            for (index, row) in rows.enumerated() {
                half.places[row.digest] = (Int32(half.blocks * VerdictFormat.blockRows + index), row.verdict)
            }
            half.blocks += 1
        }
        return half
    }

    /// The number of the verdict on a row with that digest; nil if it is not in the window.
    mutating func find(_ digest: RowDigest) -> UInt16? {
        if let found = newer.places[digest] {
            missed = 0
            // Far enough in the newer half, the older one is over.
            if Int(found.place) >= Self.halfBlocks / 2 * VerdictFormat.blockRows { move(to: newer.firstBlock + Self.halfBlocks) }
            return found.verdict
        }
        if let found = older.places[digest] {
            missed = 0
            return found.verdict
        }
        missed += 1
        guard missed >= Self.patience, let block = anchors[digest] else { return nil }
        missed = 0
        older = Self.half(of: file, from: block)
        newer = Self.half(of: file, from: block + Self.halfBlocks)
        return older.places[digest]?.verdict
    }

    private mutating func move(to block: Int) {
        guard block < file.blocks else { return }
        older = newer
        newer = Self.half(of: file, from: block)
    }
}

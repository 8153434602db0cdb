import HooklineCore

/// Finds examples of repeated keys, with the columns in which their rows differ.
///
/// It compares rows with the first 10,000 and with the row right before, so that it needs neither much memory nor a second reading: a key
/// that comes twice in one of these ways is usually among the first of many.
struct KeyExamples {
    private static let most = 3
    private static let remembered = 10_000
    private static let longestKey = 64
    private static let bits: UInt64 = 18

    private let column: Int
    private var batches: [RecordBatch] = []
    private var rows: [UInt64: (batch: Int, row: Int)] = [:]
    /// Which keys may be among `rows`: most are not, and a bit is looked up faster.
    private var mayBeRemembered = [UInt64](repeating: 0, count: 1 << (Self.bits - 6))
    private var isRemembering = false
    private var last: UInt64?
    private var seen: Set<UInt64> = []
    private(set) var found: [PrimaryKeyFinding.Example] = []

    init(column: Int) { self.column = column }

    /// Announces the batch whose rows are noted next.
    mutating func begin(_ batch: RecordBatch) {
        last = nil
        isRemembering = rows.count < Self.remembered && found.count < Self.most
        if isRemembering { batches.append(batch) }
    }

    /// Notes a row of the batch, with the fingerprint of its key.
    mutating func note(_ key: UInt64, _ row: Int, of batch: RecordBatch) {
        if found.count == Self.most { return }
        defer { last = key }
        let bit = key >> (64 - Self.bits)
        let (word, mask) = (Int(truncatingIfNeeded: bit >> 6), UInt64(1) << (bit & 63))
        if mayBeRemembered[word] & mask != 0, let earlier = rows[key] {
            return compare(key, batches[earlier.batch], earlier.row, batch, row)
        }
        if key == last { return compare(key, batch, row - 1, batch, row) }
        if isRemembering {
            rows[key] = (batches.count - 1, row)
            mayBeRemembered[word] |= mask
        }
    }

    /// Notes a row of the batch with a key that no row has had before.
    mutating func noteNew(_ key: UInt64, _ row: Int, of batch: RecordBatch) {
        if isRemembering { note(key, row, of: batch) } else { last = key }
    }

    private mutating func compare(_ key: UInt64, _ earlier: RecordBatch, _ earlierRow: Int, _ batch: RecordBatch, _ row: Int) {
        // Fingerprints may collide.
        guard earlier.columns[column].isSame(earlierRow, batch.columns[column], row), seen.insert(key).inserted else { return }
        let differs = batch.columns.indices.filter { !earlier.columns[$0].isSame(earlierRow, batch.columns[$0], row) }
        let text = batch.columns[column].described(row)
        found.append(
            PrimaryKeyFinding.Example(
                key: text.flatMap { $0.contains("@") || $0.utf8.count > Self.longestKey ? nil : $0 }, row: earlier.rowNumbers[earlierRow],
                repeatedAt: batch.rowNumbers[row], differs: differs.map { batch.columns[$0].column.name }))
        if found.count == Self.most { (batches, rows) = ([], [:]) }
    }
}

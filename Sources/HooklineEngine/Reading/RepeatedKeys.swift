import HooklineCore

/// Counts the rows that repeat the primary key of an earlier row.
struct RepeatedKeys {
    /// The primary key's column; nil for a model without one.
    let column: Int?
    private(set) var count = 0
    /// The number of the first such row.
    private(set) var firstRow: Int?
    private var seen = HashTable()

    init(columns: [Column], primaryKey: String?) {
        column = primaryKey.flatMap { key in columns.firstIndex { $0.name == key } }
    }

    mutating func note(_ batch: RecordBatch) {
        guard let column else { return }
        let keys = batch.columns[column]
        for row in 0..<batch.count where !keys.isNull(row) {
            guard seen.update(keys.fingerprint(row), { _ in 1 }) != 0 else { continue }
            count += 1
            if firstRow == nil { firstRow = batch.rowNumbers[row] }
        }
    }
}

extension ColumnBuffer {
    /// A 64-bit hash of a value, fast rather than strong: among a million keys two collide once in thirty million runs, and a collision costs a
    /// wrong warning.
    fileprivate func fingerprint(_ row: Int) -> SubscriberHash {
        var hasher = Hasher()
        switch column.type.storage {
        case .bytes: bytes.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[byteRange(row)])) }
        case .integers: hasher.combine(integers[row])
        case .numbers: hasher.combine(numbers[row])
        }
        let first = UInt64(bitPattern: Int64(hasher.finalize()))
        return SubscriberHash(high: first, low: first &* 0x9E37_79B9_7F4A_7C15)
    }
}

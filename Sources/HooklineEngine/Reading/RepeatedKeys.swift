import HooklineCore

/// Counts the rows that repeat the primary key of an earlier row.
///
/// Keys are noted in a list, at 12 bytes each, and compared at the end, as nearly all of them are unique: see ``FingerprintBitmap``.
struct RepeatedKeys {
    /// The primary key's column; nil for a model without one.
    let column: Int?
    /// Fingerprints of keys.
    private var noted = NotedRows()

    init(columns: [Column], primaryKey: String?) {
        column = primaryKey.flatMap { key in columns.firstIndex { $0.name == key } }
    }

    mutating func note(_ batch: RecordBatch) {
        guard let column else { return }
        let keys = batch.columns[column]
        for row in 0..<batch.count where !keys.isNull(row) {
            noted.append(keys.fingerprint(row), row: batch.rowNumbers[row])
        }
    }

    /// The rows that repeat a key, after the last row.
    func count() -> RowCount {
        var found = RowCount()
        if noted.count < 2 { return found }
        let repeated = FingerprintBitmap(repeated: noted)
        var seen = HashTable()
        noted.forEach { key, row in
            guard repeated.contains(key) else { return }
            if seen.update(SubscriberHash(high: key, low: key), { _ in 1 }) != 0 { found.add(row) }
        }
        return found
    }
}

extension ColumnBuffer {
    fileprivate func fingerprint(_ row: Int) -> UInt64 {
        switch column.type.storage {
        case .bytes: bytes.withUnsafeBytes { RowFingerprint.of(UnsafeRawBufferPointer(rebasing: $0[byteRange(row)])) }
        case .integers: RowFingerprint.of(integers[row])
        // -0 equals 0.
        case .numbers: RowFingerprint.of(Int64(bitPattern: (numbers[row] + 0).bitPattern))
        }
    }
}

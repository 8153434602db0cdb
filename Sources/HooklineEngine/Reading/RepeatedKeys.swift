import HooklineCore

/// Counts the rows that repeat the primary key of an earlier row.
///
/// Keys are noted in a list, at 12 bytes each, and compared at the end, as nearly all of them are unique: see ``FingerprintBitmap``. A long
/// list is on disk.
struct RepeatedKeys {
    /// The primary key's column; nil for a model without one.
    let column: Int?
    /// Fingerprints of keys.
    private var noted: NotedRows

    /// - Parameters:
    ///   - columns: the source's columns.
    ///   - primaryKey: the key's column; nil for a model without one.
    ///   - spilling: where a long list goes; nil if it stays in memory.
    init(columns: [Column], primaryKey: String?, _ spilling: Spilling?) {
        noted = NotedRows(spilling)
        column = primaryKey.flatMap { key in columns.firstIndex { $0.name == key } }
    }

    /// - Throws: the scratch's errors.
    mutating func note(_ batch: RecordBatch) throws {
        guard let column else { return }
        let keys = batch.columns[column]
        for row in 0..<batch.count where !keys.isNull(row) {
            try noted.append(keys.fingerprint(row), row: batch.rowNumbers[row])
        }
    }

    /// The rows that repeat a key, after the last row.
    ///
    /// - Throws: the scratch's errors.
    func count() throws -> RowCount {
        var found = RowCount()
        if noted.count < 2 { return found }
        try noted.forEachPart { part in
            let repeated = FingerprintBitmap(repeated: part)
            var seen = HashTable()
            part.forEach { key, row in
                guard repeated.contains(key) else { return }
                if seen.update(SubscriberHash(high: key, low: key), { _ in 1 }) != 0 { found.add(row) }
            }
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

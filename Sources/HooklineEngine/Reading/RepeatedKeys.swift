import HooklineCore

/// Counts the rows that repeat the primary key of an earlier row.
///
/// Whole numbers that ascend cannot repeat: see ``AscendingKeys``. Other keys are noted in a list, at 12 bytes each, and compared at the end, as
/// nearly all of them are unique: see ``FingerprintBitmap``. A long list is on disk.
package struct RepeatedKeys {
    /// The primary key's column; nil for a model without one.
    let column: Int?
    /// All keys so far, if they ascend; nil otherwise.
    private var ascending: AscendingKeys?
    /// Fingerprints of keys, if they do not.
    private var noted: NotedRows
    private var examples: KeyExamples?
    /// The rows without a readable key.
    private var missing = RowCount()

    /// - Parameters:
    ///   - columns: the source's columns.
    ///   - primaryKey: the key's column; nil for a model without one.
    ///   - spilling: where a long list goes; nil if it stays in memory.
    ///   - showsExamples: whether to look for examples of repeated keys.
    package init(columns: [Column], primaryKey: String?, _ spilling: Spilling?, showsExamples: Bool = false) {
        noted = NotedRows(spilling)
        column = primaryKey.flatMap { key in columns.firstIndex { $0.name == key } }
        if let column, columns[column].type.storage == .integers { ascending = AscendingKeys(spilling) }
        examples = showsExamples ? column.map { KeyExamples(column: $0) } : nil
    }

    /// - Parameters:
    ///   - batch: the next rows.
    ///   - users: the cursor that they come from, if it shows rows that another one supersedes: those do not count.
    /// - Throws: the scratch's errors.
    mutating func note(_ batch: RecordBatch, of users: OneRowCursor?) throws {
        guard let column else { return }
        let keys = batch.columns[column]
        examples?.begin(batch)
        for row in 0..<batch.count {
            let number = batch.rowNumbers[row]
            if let users, users.isSuperseded(number) { continue }
            if keys.isNull(row) {
                missing.add(number)
                continue
            }
            let key = keys.fingerprint(row)
            if ascending != nil, try follows(keys.integers[row], row: number) {
                examples?.noteNew(key, row, of: batch)
                continue
            }
            try noted.append(key, row: number)
            examples?.note(key, row, of: batch)
        }
    }

    /// Notes a key that is greater than all others so far.
    ///
    /// - Returns: false, with nothing noted, if it is not; from then on, keys do not ascend.
    @inline(__always)
    private mutating func follows(_ key: Int64, row: Int) throws -> Bool {
        if let last = ascending?.last, key <= last {
            let before = ascending
            ascending = nil
            try before?.forEach { try noted.append(RowFingerprint.of($0), row: $1) }
            return false
        }
        try ascending?.append(key, row: row)
        return true
    }

    /// - Throws: the scratch's errors.
    package mutating func note(_ batch: RecordBatch) throws { try note(batch, of: nil) }

    /// The state of a primary key, after the last row.
    ///
    /// - Parameters:
    ///   - field: the key's name.
    ///   - limit: how many rows may repeat a key.
    ///   - threads: how many threads count.
    /// - Returns: the state; nil for a model without a primary key.
    /// - Throws: the scratch's errors.
    package func finding(_ field: String, limit: Safeguards.Limit?, threads: Int = 1) throws -> PrimaryKeyFinding? {
        guard column != nil else { return nil }
        return PrimaryKeyFinding(
            field: field, rows: noted.count + (ascending?.count ?? 0) + missing.count, missing: missing,
            repeated: try count(threads: threads), examples: examples?.found ?? [],
            limit: limit)
    }

    /// The rows that repeat a key, after the last row.
    ///
    /// - Throws: the scratch's errors.
    func count(threads: Int = 1) throws -> RowCount {
        if ascending != nil || noted.count < 2 { return RowCount() }
        return try noted.count(threads: threads) { part in
            var found = RowCount()
            let repeated = FingerprintBitmap(repeated: part)
            var seen = HashTable()
            part.forEach { key, row in
                guard repeated.contains(key) else { return }
                if seen.update(SubscriberHash(high: key, low: key), { _ in 1 }) != 0 { found.add(row) }
            }
            return found
        }
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

import HooklineCore

/// Counts what became of every row, and hands on those that are left.
struct RowClassifier {
    /// What the walk over the rows found beside the candidates.
    struct Findings {
        var rows = 0
        var buckets = Buckets()
        /// Rows whose primary key an earlier row had.
        var repeatedKeys = 0
        /// The first such row's number.
        var firstRepeatedKey: Int?
        var phases = Phases()
    }

    private let emailColumn: Int?
    private let keyColumn: Int?
    private let stopwatch: @Sendable () -> Double
    private var findings = Findings()
    private var droppedBefore: [Int] = []
    private var reasonTexts: [String] = []
    private var keys = HashTable()
    private var address: [UInt8] = []
    private var since: Double

    init(emailColumn: Int?, keyColumn: Int?, stopwatch: @escaping @Sendable () -> Double) {
        self.emailColumn = emailColumn
        self.keyColumn = keyColumn
        self.stopwatch = stopwatch
        since = stopwatch()
    }

    /// The time since the last lap belongs to that phase.
    mutating func lap(_ phase: WritableKeyPath<Phases, Double>) {
        let now = stopwatch()
        findings.phases[keyPath: phase] += now - since
        since = now
    }

    /// Looks for primary keys that an earlier row had.
    mutating func noteKeys(_ batch: RecordBatch) {
        guard let keyColumn else { return }
        let column = batch.columns[keyColumn]
        for row in 0..<batch.count where !column.isNull(row) {
            if keys.update(column.fingerprint(row), { _ in 1 }) != 0 {
                findings.repeatedKeys += 1
                if findings.firstRepeatedKey == nil { findings.firstRepeatedKey = batch.rowNumbers[row] }
            }
        }
    }

    /// Puts every row of a batch in its bucket; those with an address meet the drafts.
    ///
    /// - Throws: `EngineError.Code.tooManyLabels`, and the ledger's errors.
    mutating func digest(_ batch: UserBatch, into drafts: inout DraftSet) throws {
        // Held for this batch only: copies that outlived it would make the next read copy every buffer.
        let verdicts = batch.verdicts
        let emails = emailColumn.map { batch.records.columns[$0] }
        droppedBefore.append(contentsOf: repeatElement(0, count: verdicts.reasonTexts.count - droppedBefore.count))
        reasonTexts = verdicts.reasonTexts
        for row in 0..<batch.records.count {
            guard batch.selection[row] == 1 else {
                findings.buckets.droppedByRules += 1
                continue
            }
            if verdicts.verdicts[row] == .dropped {
                droppedBefore[Int(verdicts.reasons[row])] += 1
                continue
            }
            switch readAddress(emails, row, verdicts) {
            case .missing: findings.buckets.noEmail += 1
            case .malformed: findings.buckets.badEmail += 1
            case .address:
                let hash = address.withUnsafeBufferPointer { SubscriberHash(normalised: $0) }
                let meeting = drafts.isSingle ? drafts.meet(hash, address) : try drafts.meet(hash, address, verdicts, row)
                switch meeting {
                case .entering, .staying: findings.buckets.inSegment += 1
                case .waiting: findings.buckets.notAContact += 1
                case .duplicate: findings.buckets.duplicate += 1
                }
            }
        }
    }

    /// What was found, after the last row.
    func end(of cursor: any RowCursor) -> Findings {
        var findings = findings
        for (reason, count) in zip(reasonTexts, droppedBefore) where count > 0 {
            // Two reasons may read alike once addresses are masked in them.
            findings.buckets.droppedByHook[reason, default: 0] += count
        }
        findings.rows = cursor.rowsRead
        findings.buckets.badValue = cursor.rowsDropped
        return findings
    }

    private mutating func readAddress(_ emails: ColumnBuffer?, _ row: Int, _ verdicts: HookVerdicts) -> EmailAddress.Reading {
        switch verdicts.addresses[row] {
        case .cleared: return .missing
        case .mapped:
            return verdicts.addressBytes.withUnsafeBufferPointer {
                EmailAddress.read(UnsafeBufferPointer(rebasing: $0[verdicts.addressRanges[row]]), into: &address)
            }
        case .unchanged: break
        }
        guard let emails, !emails.isNull(row) else { return .missing }
        return emails.bytes.withUnsafeBufferPointer {
            EmailAddress.read(UnsafeBufferPointer(rebasing: $0[emails.byteRange(row)]), into: &address)
        }
    }
}

extension ColumnBuffer {
    /// A 64-bit hash of a value, quick rather than strong: among a million keys two clash once in thirty million runs, and a clash costs a warning.
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

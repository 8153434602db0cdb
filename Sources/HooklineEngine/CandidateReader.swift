import HooklineCore

/// Walks over a source once and tells, row by row, who wants to be in the segment.
struct CandidateReader {
    /// What the walk found beside the candidates.
    struct Findings {
        var rows = 0
        var buckets = Buckets()
        /// Rows whose primary key an earlier row had.
        var repeatedKeys = 0
        /// The first such row's number.
        var firstRepeatedKey: Int?
        var phases = Phases()
    }

    let activation: Activation
    let cursor: any RowCursor
    let hooks: (any HookHost)?
    let rules: RuleEvaluator
    let progress: @Sendable (Progress) -> Void
    let stopwatch: @Sendable () -> Double

    private let emailColumn: Int?
    private let keyColumn: Int?

    init(
        activation: Activation, cursor: any RowCursor, hooks: (any HookHost)?, now: Int64, today: CalendarDate,
        progress: @escaping @Sendable (Progress) -> Void, stopwatch: @escaping @Sendable () -> Double
    ) throws {
        self.activation = activation
        self.cursor = cursor
        self.hooks = hooks
        self.progress = progress
        self.stopwatch = stopwatch
        rules = try RuleEvaluator(activation.rules, columns: cursor.columns, now: now, today: today)
        emailColumn = cursor.columns.firstIndex { $0.name == activation.emailField && $0.type.storage == .bytes }
        keyColumn = activation.model.primaryKey.flatMap { key in cursor.columns.firstIndex { $0.name == key } }
    }

    /// Reads to the end and calls `arrive` with the hash and the normalised address of every row that rules and hooks kept.
    ///
    /// - Returns: what was counted; `arrive` answers which bucket its row belongs to, beyond `inSegment`.
    /// - Throws: when the source or a script fails, or the task is cancelled; nobody may then be taken for departed.
    func read(_ arrive: (SubscriberHash, [UInt8]) -> Differ.Meeting) throws -> Findings {
        var findings = Findings()
        var batch = UserBatch(columns: cursor.columns)
        var droppedBefore: [Int] = []
        var reasonTexts: [String] = []
        var keys = HashTable()
        var address: [UInt8] = []
        var since = stopwatch()
        func lap(_ phase: WritableKeyPath<Phases, Double>) {
            let now = stopwatch()
            findings.phases[keyPath: phase] += now - since
            since = now
        }
        func digest(_ batch: UserBatch) {
            let verdicts = batch.verdicts
            droppedBefore.append(contentsOf: repeatElement(0, count: verdicts.reasonTexts.count - droppedBefore.count))
            reasonTexts = verdicts.reasonTexts
            // Held for this batch only: a copy that outlived it would make the next read copy every buffer.
            let emails = emailColumn.map { batch.records.columns[$0] }
            for row in 0..<batch.records.count {
                guard batch.selection[row] == 1 else {
                    findings.buckets.droppedByRules += 1
                    continue
                }
                if verdicts.verdicts[row] == .dropped {
                    droppedBefore[Int(verdicts.reasons[row])] += 1
                    continue
                }
                switch readAddress(emails, row, verdicts, into: &address) {
                case .missing: findings.buckets.noEmail += 1
                case .malformed: findings.buckets.badEmail += 1
                case .address:
                    let hash = address.withUnsafeBufferPointer { SubscriberHash(normalised: $0) }
                    switch arrive(hash, address) {
                    case .entering, .staying: findings.buckets.inSegment += 1
                    case .waiting: findings.buckets.notAContact += 1
                    case .duplicate: findings.buckets.duplicate += 1
                    }
                }
            }
            lap(\.diff)
            progress(.reading(rows: cursor.rowsRead))
        }
        func readNext() throws -> Bool {
            if batch.records.columns.isEmpty { batch = UserBatch(columns: cursor.columns) }
            guard try cursor.read(into: &batch.records, limit: RecordBatch.usualRows) else { return false }
            try Task.checkCancellation()
            lap(\.source)
            noteKeys(batch.records, &keys, &findings)
            lap(\.diff)
            rules.evaluate(batch.records, into: &batch.selection)
            lap(\.rules)
            return true
        }
        var underWay = 0
        var hasEnded = false
        while !hasEnded || underWay > 0 {
            guard let hooks else {
                hasEnded = try !readNext()
                if hasEnded { break }
                batch.verdicts.reset(rows: batch.records.count)
                digest(batch)
                continue
            }
            while !hasEnded, underWay < hooks.depth {
                hasEnded = try !readNext()
                if hasEnded { break }
                try hooks.submit(&batch)
                underWay += 1
                lap(\.hooks)
            }
            if underWay == 0 { break }
            try hooks.collect(&batch)
            underWay -= 1
            lap(\.hooks)
            digest(batch)
        }
        for (reason, count) in zip(reasonTexts, droppedBefore) where count > 0 {
            // Two reasons may read alike once addresses are masked in them.
            findings.buckets.droppedByHook[reason, default: 0] += count
        }
        findings.rows = cursor.rowsRead
        findings.buckets.badValue = cursor.rowsDropped
        return findings
    }

    private func readAddress(
        _ emails: ColumnBuffer?, _ row: Int, _ verdicts: HookVerdicts, into address: inout [UInt8]
    ) -> EmailAddress.Reading {
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

    private func noteKeys(_ batch: RecordBatch, _ keys: inout HashTable, _ findings: inout Findings) {
        guard let keyColumn else { return }
        let column = batch.columns[keyColumn]
        for row in 0..<batch.count where !column.isNull(row) {
            if keys.update(column.fingerprint(row), { _ in 1 }) != 0 {
                findings.repeatedKeys += 1
                if findings.firstRepeatedKey == nil { findings.firstRepeatedKey = batch.rowNumbers[row] }
            }
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

import HooklineCore
import Synchronization

/// Notes the rows that do not end in a segment, and those that would enter, for `hookline rows` and `plan`.
///
/// Only after the run is it known who is a contact, so every row that may enter is noted, at 28 bytes plus its key; those that are decided
/// after the last row are on disk anyway. Rows in the segment and rows that the rules dropped are not noted.
package final class RowKeeper: Sendable {
    private struct State {
        var buckets: [RowBucket: [KeptRow]] = [:]
        var entering = CandidateRows()
        /// Rows that were not contacts, or were rejected, when they were last added.
        var waiting = CandidateRows()
        var waitingAddresses = AddressList()
        var emailColumn: Int?
        var keyColumn: Int?
        /// Whether members who stay may also be added.
        var notesStaying = false
        /// Mailchimp's words for addresses that it refused before.
        var known: [SubscriberHash: String] = [:]
        /// Addresses without consent.
        var refused = HashTable(capacity: 1)
        /// The number of the last row that the source returned.
        var lastRow = 0
        /// Rows of buckets that were decided after the last one.
        var late = FirstKeptRows()
        /// The rows that were decided after the last one.
        var deferred: CandidateRuns?

        func hasRoom(in bucket: RowBucket) -> Bool { buckets[bucket]?.count ?? 0 < RowBucket.rowLimit }

        mutating func leaveOut(_ rows: Range<Int>) {
            for row in rows where hasRoom(in: .badValue) { buckets[.badValue, default: []].append(KeptRow(row: row)) }
        }

        mutating func keep(
            _ row: Int, of batch: UserBatch, in bucket: RowBucket, address: ArraySlice<UInt8>? = nil, readsAddress: Bool = false,
            reason: String? = nil
        ) {
            guard hasRoom(in: bucket) else { return }
            var kept = KeptRow(
                row: batch.records.rowNumbers[row], key: keyColumn.flatMap { batch.records.columns[$0].described(row) },
                address: address.map { String(decoding: $0, as: UTF8.self) }, reason: reason)
            if readsAddress { kept.address = batch.writtenAddress(row, emailColumn: emailColumn) }
            buckets[bucket, default: []].append(kept)
        }
    }

    private let state = Mutex(State())
    /// Whether it notes no other rows than those that may enter.
    private let notesEnteringOnly: Bool

    /// - Parameter notesEnteringOnly: whether nobody asks for the rows that do not end in a segment, as for a plan that is only shown.
    package init(notesEnteringOnly: Bool = false) { self.notesEnteringOnly = notesEnteringOnly }

    func willRead(emailColumn: Int?, keyColumn: Int?) {
        state.withLock { state in
            state.emailColumn = emailColumn
            state.keyColumn = keyColumn
        }
    }

    /// From now on, also notes members who stay: a refresh adds everybody, and a member that Mailchimp lost is added again.
    func noteStaying() { state.withLock { $0.notesStaying = true } }

    /// Notes the rows that the source left out before and within a batch: their numbers are missing.
    func didRead(_ batch: RecordBatch) {
        state.withLock { state in
            for number in batch.rowNumbers {
                if number > state.lastRow + 1 { state.leaveOut(state.lastRow + 1..<number) }
                state.lastRow = number
            }
        }
    }

    /// Notes the rows that the source left out at its end; `rows` is the number of all rows.
    func didEnd(rows: Int) {
        state.withLock { state in
            if rows > state.lastRow { state.leaveOut(state.lastRow + 1..<rows + 1) }
        }
    }

    /// Notes rows that the source left out.
    func leaveOut(_ rows: Range<Int>) { state.withLock { $0.leaveOut(rows) } }

    /// Notes the addresses without consent, whose rows neither enter nor stay.
    func didRefuse(_ addresses: HashTable) {
        state.withLock { state in
            state.refused = addresses
            for candidates in [state.entering, state.waiting] {
                for index in 0..<candidates.count
                where addresses.mark(of: candidates.hash(index)) != 0 && state.hasRoom(in: .noConsent) {
                    state.buckets[.noConsent, default: []].append(KeptRow(row: candidates.row(index), key: candidates.key(index)))
                }
            }
            state.buckets[.noConsent]?.sort { $0.row < $1.row }
        }
    }

    /// Notes whom Mailchimp has refused before, and in which words.
    func didKnow(_ refused: [SubscriberHash: String]) { state.withLock { $0.known = refused } }

    /// Notes the rows of a batch.
    ///
    /// - Parameters:
    ///   - outcomes: what became of each.
    ///   - meetings: what each means for its segments; nil unless it was kept.
    ///   - batch: the batch.
    ///   - addresses: the addresses of its rows.
    func note(_ outcomes: [RowOutcome], _ meetings: [Differ.Meeting?], of batch: UserBatch, _ addresses: RowAddresses) {
        state.withLock { state in
            let key = state.keyColumn.map { batch.records.columns[$0] }
            for row in outcomes.indices where !notesEnteringOnly || outcomes[row].isKept {
                switch outcomes[row] {
                case .droppedByRules, .superseded: break
                case .noConsent: state.keep(row, of: batch, in: .noConsent)
                case .badValue: state.keep(row, of: batch, in: .badValue)
                case .droppedByHook(let reason):
                    state.keep(row, of: batch, in: .droppedByHook, reason: batch.verdicts.reasonTexts[reason])
                case .noEmail: state.keep(row, of: batch, in: .noEmail)
                case .badEmail: state.keep(row, of: batch, in: .badEmail, readsAddress: true)
                case .duplicate: state.keep(row, of: batch, in: .duplicate, address: addresses.bytes[addresses.range(row)])
                case .kept(let hash, _):
                    let number = batch.records.rowNumbers[row]
                    switch meetings[row] {
                    case .waiting:
                        state.waiting.append(hash, row: number, key, row)
                        state.waitingAddresses.append(addresses, row: row)
                    case .entering: state.entering.append(hash, row: number, key, row)
                    case .deferred: break
                    case .staying, .duplicate, nil: if state.notesStaying { state.entering.append(hash, row: number, key, row) }
                    }
                }
            }
        }
    }

    /// Notes rows that were decided after the last one, of which those that may enter are on disk.
    ///
    /// - Parameters:
    ///   - outcomes: what became of each.
    ///   - meetings: as of ``note(_:_:of:_:)``.
    ///   - block: the rows.
    func note(_ outcomes: [RowOutcome], _ meetings: [Differ.Meeting?], of block: CandidateBlock) {
        state.withLock { state in
            lazy var keys = block.readKeys()
            for row in outcomes.indices {
                switch outcomes[row] {
                case .duplicate where !notesEnteringOnly:
                    state.late.add(
                        KeptRow(row: block.numbers[row], key: block.key(row), address: block.address(row)), to: .duplicate)
                case .noConsent where !notesEnteringOnly:
                    state.late.add(KeptRow(row: block.numbers[row], key: block.key(row)), to: .noConsent)
                case .kept(let hash, _):
                    if case .waiting = meetings[row] {
                        state.waiting.append(hash, row: block.numbers[row], keys, row)
                        state.waitingAddresses.append(block.addresses, row: row)
                    }
                default: break
                }
            }
        }
    }

    /// All rows have been decided; those that were decided last are in `deferred`.
    func didDecide(_ deferred: CandidateRuns) {
        state.withLock { state in
            state.deferred = deferred
            // They come in the order of their hashes.
            for (bucket, rows) in state.buckets { for row in rows { state.late.add(row, to: bucket) } }
            state.buckets = state.late.rows
            state.late = FirstKeptRows()
        }
    }

    /// The rows by bucket.
    ///
    /// - Parameters:
    ///   - plan: the plan of the run.
    ///   - counts: what Mailchimp did not accept; nil if nothing was sent.
    /// - Returns: the first rows of each bucket, in the order of their numbers.
    /// - Throws: if the plan's addresses, or rows on disk, cannot be read.
    func rows(_ plan: Plan, _ counts: RunProgress.Counts?) throws -> [RowBucket: [KeptRow]] {
        try state.withLock { state in
            var refused = FirstKeptRows()
            /// Whether Mailchimp did not accept the address.
            func end(_ hash: SubscriberHash, _ row: Int, _ key: @autoclosure () -> String?, _ address: @autoclosure () -> String?) -> Bool {
                guard let counts, let bucket = counts.bucket(of: hash) else { return false }
                refused.add(KeptRow(row: row, key: key(), address: address(), reason: counts.words(of: hash)), to: bucket, hash)
                return true
            }
            if counts?.hasRefused == true {
                for index in 0..<state.entering.count {
                    _ = end(state.entering.hash(index), state.entering.row(index), state.entering.key(index), nil)
                }
            }
            let asked =
                state.waiting.isEmpty ? HashTable(capacity: 1) : try plan.expected(state.waiting.hashes, nothingSent: counts == nil)
            var waited = HashTable(capacity: 1)
            for (index, hash) in state.waiting.hashes.enumerated() where state.refused.mark(of: hash) == 0 {
                waited.set(1, for: hash)
                let (row, key, address) = (state.waiting.row(index), state.waiting.key(index), state.waitingAddresses[index])
                if end(hash, row, key, address) || asked.mark(of: hash) == Plan.isExpected { continue }
                let words = state.known[hash]
                refused.add(KeptRow(row: row, key: key, address: address, reason: words), to: words == nil ? .notAContact : .rejected, hash)
            }
            if let counts, counts.hasRefused, let deferred = state.deferred {
                let (withoutConsent, others) = (state.refused, waited)
                let fits: (SubscriberHash) -> Bool = {
                    counts.bucket(of: $0) != nil && others.mark(of: $0) == 0 && withoutConsent.mark(of: $0) == 0
                }
                try deferred.forEachFirst(in: 0..<deferred.count, where: fits) { block, row in
                    _ = end(block.addresses.hashes[row], block.numbers[row], block.key(row), block.address(row))
                }
            }
            try plan.fillIn(&refused)
            return state.buckets.merging(refused.rows) { _, refused in refused }
        }
    }

    /// The row numbers and keys of the wanted hashes that would enter.
    ///
    /// - Throws: if rows on disk cannot be read.
    func entering(_ wanted: HashTable) throws -> [SubscriberHash: (row: Int, key: String?)] {
        try state.withLock { state in
            var found: [SubscriberHash: (row: Int, key: String?)] = [:]
            for candidates in [state.entering, state.waiting] {
                for index in 0..<candidates.count where wanted.mark(of: candidates.hash(index)) != 0 {
                    found[candidates.hash(index)] = (candidates.row(index), candidates.key(index))
                }
            }
            if let deferred = state.deferred {
                let partitions = deferred.partitions(of: wanted).sorted()
                try deferred.forEachFirst(in: partitions, where: { wanted.mark(of: $0) != 0 && found[$0] == nil }) { block, row in
                    found[block.addresses.hashes[row]] = (block.numbers[row], block.key(row))
                }
            }
            return found
        }
    }
}

extension UserBatch {
    /// The first 254 bytes of a row's address as the source or a hook wrote it.
    fileprivate func writtenAddress(_ row: Int, emailColumn: Int?) -> String? {
        switch verdicts.addresses[row] {
        case .cleared: return nil
        case .mapped: return String(decoding: verdicts.addressBytes[verdicts.addressRanges[row]].prefix(254), as: UTF8.self)
        case .unchanged:
            guard let emailColumn, !records.columns[emailColumn].isNull(row) else { return nil }
            return String(
                decoding: records.columns[emailColumn].bytes[records.columns[emailColumn].byteRange(row)].prefix(254), as: UTF8.self)
        }
    }
}

import HooklineCore
import Synchronization

/// Notes the rows that do not end in a segment, and those that would enter, for `hookline rows` and `plan`.
///
/// Only after the run is it known who is a contact, so every row that may enter is noted, at 28 bytes plus its key. Rows in the segment and
/// rows that the rules dropped are not noted.
package final class RowKeeper: Sendable {
    private struct State {
        var buckets: [RowBucket: [KeptRow]] = [:]
        var entering = Candidates()
        /// Rows that were not contacts, or were rejected, when they were last added.
        var waiting = Candidates()
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

    package init() {}

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
            for row in outcomes.indices {
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
                    case .staying, .duplicate, nil: if state.notesStaying { state.entering.append(hash, row: number, key, row) }
                    }
                }
            }
        }
    }

    /// The rows by bucket.
    ///
    /// - Parameters:
    ///   - plan: the plan of the run.
    ///   - counts: what Mailchimp did not accept; nil if nothing was sent.
    /// - Returns: the first rows of each bucket, in the order of their numbers.
    func rows(_ plan: Plan, _ counts: RunProgress.Counts?) -> [RowBucket: [KeptRow]] {
        state.withLock { state in
            var buckets = state.buckets
            var refused: [SubscriberHash: (bucket: RowBucket, row: KeptRow)] = [:]
            func end(_ candidates: Candidates, _ index: Int, address: String? = nil) -> Bool {
                let hash = candidates.hash(index)
                guard let counts, let bucket = counts.bucket(of: hash) else { return false }
                let row = KeptRow(row: candidates.row(index), key: candidates.key(index), address: address, reason: counts.words(of: hash))
                refused[hash] = (bucket, row)
                return true
            }
            if counts != nil { for index in 0..<state.entering.count { _ = end(state.entering, index) } }
            let asked =
                state.waiting.isEmpty ? HashTable(capacity: 1) : plan.expected(state.waiting.hashes, nothingSent: counts == nil)
            for (index, hash) in state.waiting.hashes.enumerated() where state.refused.mark(of: hash) == 0 {
                if end(state.waiting, index, address: state.waitingAddresses[index]) || asked.mark(of: hash) == Plan.isExpected { continue }
                let words = state.known[hash]
                refused[hash] = (
                    words == nil ? .notAContact : .rejected,
                    KeptRow(
                        row: state.waiting.row(index), key: state.waiting.key(index), address: state.waitingAddresses[index], reason: words
                    )
                )
            }
            if !refused.isEmpty { plan.fillIn(&refused) }
            for bucket in [RowBucket.notAContact, .rejected] {
                let rows = refused.values.filter { $0.bucket == bucket }.map(\.row).sorted { $0.row < $1.row }
                if !rows.isEmpty { buckets[bucket] = Array(rows.prefix(RowBucket.rowLimit)) }
            }
            return buckets
        }
    }

    /// The row numbers and keys of the wanted hashes that would enter.
    func entering(_ wanted: HashTable) -> [SubscriberHash: (row: Int, key: String?)] {
        state.withLock { state in
            var found: [SubscriberHash: (row: Int, key: String?)] = [:]
            for candidates in [state.entering, state.waiting] {
                for index in 0..<candidates.count where wanted.mark(of: candidates.hash(index)) != 0 {
                    found[candidates.hash(index)] = (candidates.row(index), candidates.key(index))
                }
            }
            return found
        }
    }
}

/// Rows by hash, in blocks of flat buffers because there may be millions.
private struct Candidates {
    private struct Block {
        var hashes: [SubscriberHash] = []
        var rows: [UInt32] = []
        var keys: ColumnBuffer?
    }

    private static let blockBits = 15
    private var blocks: [Block] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Appends a row with its value in the column of keys.
    mutating func append(_ hash: SubscriberHash, row: Int, _ column: ColumnBuffer?, _ index: Int) {
        if count >> Self.blockBits == blocks.count { blocks.append(Block(keys: column.map { ColumnBuffer($0.column) })) }
        let last = blocks.count - 1
        blocks[last].hashes.append(hash)
        blocks[last].rows.append(UInt32(truncatingIfNeeded: row))
        if let column { blocks[last].keys?.append(index, of: column) }
        count += 1
    }

    func hash(_ index: Int) -> SubscriberHash { blocks[index >> Self.blockBits].hashes[index & (1 << Self.blockBits - 1)] }

    /// The number of the row at an index.
    func row(_ index: Int) -> Int { Int(blocks[index >> Self.blockBits].rows[index & (1 << Self.blockBits - 1)]) }

    /// The key at an index; nil for NULL, and without a column of keys.
    func key(_ index: Int) -> String? { blocks[index >> Self.blockBits].keys?.described(index & (1 << Self.blockBits - 1)) }

    /// All hashes.
    var hashes: [SubscriberHash] { blocks.flatMap(\.hashes) }
}

extension Plan {
    /// The mark of a hash that is, or is expected to be, in a segment after the run.
    fileprivate static let isExpected: UInt8 = 2

    /// Marks the hashes that are expected in a segment, unless Mailchimp said otherwise: those that were added and those that were found in
    /// it. Others have the mark 1. If nothing was sent, addresses that are only asked again are not expected.
    fileprivate func expected(_ hashes: [SubscriberHash], nothingSent: Bool) -> HashTable {
        var table = HashTable(of: hashes)
        for segment in segments {
            let adds = nothingSent && segment.askedAgain != nil ? [] : segment.adds.hashes
            for hash in adds + (segment.adopted?.hashes ?? []) + (segment.reconciliation?.strangers.hashes ?? [])
            where table.mark(of: hash) == 1 {
                table.set(Self.isExpected, for: hash)
            }
        }
        return table
    }

    /// Gives the rows the addresses that the plan adds.
    fileprivate func fillIn(_ rows: inout [SubscriberHash: (bucket: RowBucket, row: KeptRow)]) {
        for segment in segments {
            for (index, hash) in segment.adds.hashes.enumerated() where rows[hash]?.row.address == nil {
                rows[hash]?.row.address = segment.adds[index]
            }
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

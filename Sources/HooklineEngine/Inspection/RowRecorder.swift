import HooklineCore
import Synchronization
import Text

/// Records what becomes of each row, or of one user's rows: what previews, tests, comparisons, and `explain` show.
final class RowRecorder: RowObserver {
    /// Which rows are recorded.
    enum Scope: Sendable {
        case all
        /// Those with this normalized address, before or after the hooks, and which of the rules hold for them.
        case user(address: String, rules: Condition?, consent: Condition?)
    }

    /// One row.
    struct Entry: Sendable {
        var fate: RowFate
        /// Which of the rules hold for it; nil for `Scope.all`, and without rules.
        var trace: RuleTrace?
        /// Which parts of the consent rule hold for it; nil for `Scope.all`, and without one.
        var consent: RuleTrace?
    }

    private struct State {
        var entries: [Entry] = []
        var more = 0
        var emailColumn: Int?
        var keyColumn: Int?
        /// Reused for comparing addresses.
        var buffer: [UInt8] = []
    }

    /// The most rows of one user: a shop may have thousands with the same placeholder for an address.
    static let rowLimit = 50

    private let only: [UInt8]?
    /// Of the only address, if it has a second spelling.
    private let onlyHash: SubscriberHash?
    private let rules: Condition?
    private let consent: Condition?
    private let state = Mutex(State())

    init(_ scope: Scope) {
        switch scope {
        case .all: (only, rules, consent) = (nil, nil, nil)
        case .user(let address, let rules, let consent): (only, self.rules, self.consent) = (Array(address.utf8), rules, consent)
        }
        onlyHash = only.flatMap { only in
            only.withUnsafeBufferPointer { InternationalDomain.isPossible(in: $0) ? SubscriberHash(normalized: $0) : nil }
        }
    }

    /// The rows so far, in the order of the source, each with its lines of the hooks' log.
    func entries(log: [HookLogLine]) -> [Entry] {
        let lines = Dictionary(grouping: log.filter { $0.row != nil }, by: { $0.row ?? 0 })
        return state.withLock { state in
            state.entries.map { entry in
                var entry = entry
                entry.fate.log = lines[entry.fate.row]?.map(\.message) ?? []
                return entry
            }
        }
    }

    /// How many rows the user has beyond `rowLimit`.
    var moreRows: Int { state.withLock { $0.more } }

    func willRead(emailColumn: Int?, keyColumn: Int?) {
        state.withLock {
            $0.emailColumn = emailColumn
            $0.keyColumn = keyColumn
        }
    }

    func didDecide(_ outcome: RowOutcome, row: Int, of batch: UserBatch, address: [UInt8], source: OpenedSource) {
        state.withLock { state in
            guard isWanted(outcome, row, batch, address, &state) else { return }
            if only != nil, state.entries.count == Self.rowLimit {
                state.more += 1
                return
            }
            state.entries.append(
                Entry(
                    fate: RowFate(outcome, row: row, of: batch, address: address, state.emailColumn, state.keyColumn),
                    trace: rules.map { source.rules.trace($0, batch.records, row: row) },
                    consent: consent.flatMap { source.consent?.trace($0, batch.records, row: row) }))
        }
    }

    func didRefuse(_ addresses: HashTable) {
        state.withLock { state in
            for index in state.entries.indices where state.entries[index].fate.verdict == .kept {
                guard let address = state.entries[index].fate.address else { continue }
                if addresses.mark(of: SubscriberHash(of: address)) != 0 { state.entries[index].fate.verdict = .noConsent }
            }
        }
    }

    private func isWanted(
        _ outcome: RowOutcome, _ row: Int, _ batch: UserBatch, _ address: [UInt8], _ state: inout State
    ) -> Bool {
        guard let only else { return true }
        switch outcome {
        case .kept, .noConsent, .duplicate: if isOnly(address, only) { return true }
        case .badValue, .superseded, .droppedByRules, .droppedByHook, .noEmail, .badEmail: break
        }
        guard let emailColumn = state.emailColumn else { return false }
        let column = batch.records.columns[emailColumn]
        if column.isNull(row) { return false }
        _ = column.bytes.withUnsafeBufferPointer {
            EmailAddress.read(UnsafeBufferPointer(rebasing: $0[column.byteRange(row)]), into: &state.buffer)
        }
        return isOnly(state.buffer, only)
    }

    private func isOnly(_ address: [UInt8], _ only: [UInt8]) -> Bool {
        guard let onlyHash else { return address == only }
        return address.withUnsafeBufferPointer { SubscriberHash(normalized: $0) == onlyHash }
    }
}

extension RowFate {
    /// An outcome in words, with what the hooks returned for the row.
    fileprivate init(
        _ outcome: RowOutcome, row: Int, of batch: UserBatch, address: [UInt8], _ emailColumn: Int?, _ keyColumn: Int?
    ) {
        let (records, verdicts) = (batch.records, batch.verdicts)
        let text = emailColumn.flatMap { records.columns[$0].text(row) }
        self.init(
            row: records.rowNumbers[row], key: keyColumn.flatMap { records.columns[$0].described(row) }, verdict: outcome.verdict,
            original: text.map(EmailAddress.normalized))
        if text.map(EmailAddress.needsCleaning) == true { cleaned = true }
        switch outcome {
        case .badValue, .droppedByRules: return
        case .superseded(let other):
            reason = other.map { "by row \($0)" } ?? "as nobody knows which row is the newest"
            return
        case .droppedByHook(let reason):
            self.reason = verdicts.reasonTexts[reason]
            mappingBeforeDrop = verdicts.mapping(of: row)
        case .duplicate(let first):
            reason = first.map { "of row \($0)" }
            self.address = String(decoding: address, as: UTF8.self)
        case .kept, .noConsent: self.address = String(decoding: address, as: UTF8.self)
        case .noEmail, .badEmail: break
        }
        locations = verdicts.locations.isEmpty ? [] : verdicts.locations[row]
        failure = verdicts.failures[row]
        guard outcome.verdict != .dropped else { return }
        mapping = verdicts.mapping(of: row)
        labels = verdicts.labelNumbers[verdicts.labelRanges[row]].map { verdicts.labelTexts[Int($0)] }
    }
}

extension HookVerdicts {
    /// The fields that `map` returned for a row, as JSON; nil if it returned none or mappings were not asked for.
    fileprivate func mapping(of row: Int) -> String? {
        let range = mappingRanges[row]
        return range.isEmpty ? nil : String(decoding: mappingBytes[range], as: UTF8.self)
    }
}

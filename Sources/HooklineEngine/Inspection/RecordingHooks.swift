import HooklineCore
import Synchronization

/// Hooks that remember what they did to every row. Without hooks to ask, every picked row stays as it is.
package final class RecordingHooks: HookHost {
    private let hooks: (any HookHost)?
    private let emailField: String
    /// The only user whose rows are kept in mind, a normalised address; nil for all.
    private let only: String?
    private let rules: Condition?
    private let state = Mutex(State())

    private struct State {
        var fates: [RowFate] = []
        var waiting: [UserBatch] = []
        var emailColumn: Int?
        var keyColumn: Int?
        /// The first row of each address: it speaks for the later ones.
        var firstRows: [String: Int] = [:]
        var columns: [Column] = []
        var context: HookContext?
        /// The first row of each address, where only one user's rows are kept in mind.
        var firstRowsOfAll: [SubscriberHash: Int] = [:]
        /// Rows of the only user beyond `rowLimit`.
        var more = 0
        /// What the rules made of each row of the only user, in the order of `fates`.
        var traces: [RuleTrace] = []
    }

    /// - Parameters:
    ///   - only: keeps in mind nothing but the rows that have this normalised address before or after the hooks, with what each of
    ///     `rules` made of them.
    package init(_ hooks: (any HookHost)?, emailField: String, only: String? = nil, rules: Condition? = nil) {
        self.hooks = hooks
        self.emailField = emailField
        self.only = only
        self.rules = rules
    }

    /// Rows of the only user that are kept in mind: a shop may have thousands with one placeholder for an address.
    package static let rowLimit = 50

    /// Rows of the only user beyond that limit.
    package var moreRows: Int { state.withLock { $0.more } }

    /// What the rules made of each row of the only user, in the order of `fates`; empty without one, or without rules.
    package var traces: [RuleTrace] { state.withLock { $0.traces } }

    /// Every row so far, in the order of the source, with what hooks logged about it.
    package var fates: [RowFate] {
        let lines = Dictionary(grouping: log.filter { $0.row != nil }, by: { $0.row ?? 0 })
        return state.withLock { state in
            state.fates.map { fate in
                var fate = fate
                fate.log = lines[fate.row]?.map(\.message) ?? []
                return fate
            }
        }
    }

    package var hasMap: Bool { hooks?.hasMap ?? false }
    package var hasBreakdown: Bool { hooks?.hasBreakdown ?? false }
    package var depth: Int { hooks?.depth ?? 1 }
    package var forgivenErrors: (count: Int, samples: [String]) { hooks?.forgivenErrors ?? (0, []) }
    package var log: [HookLogLine] { hooks?.log ?? [] }
    package var costs: [HookCost] { hooks?.costs ?? [] }
    package var warnings: [RunWarning] { hooks?.warnings ?? [] }

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        state.withLock { state in
            state.emailColumn = columns.firstIndex { $0.name == emailField && $0.type.storage == .bytes }
            state.keyColumn = columns.firstIndex { $0.name == primaryKey }
            state.columns = columns
            state.context = context
        }
        try hooks?.start(columns: columns, primaryKey: primaryKey, context: context)
    }

    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { hooks?.setCancellationCheck(isCancelled) }

    package func submit(_ batch: inout UserBatch) throws {
        if let hooks { return try hooks.submit(&batch) }
        state.withLock { state in
            state.waiting.append(batch)
            batch = UserBatch(columns: [])
        }
    }

    package func collect(_ batch: inout UserBatch) throws {
        if let hooks {
            try hooks.collect(&batch)
        } else {
            batch = state.withLock { $0.waiting.removeFirst() }
            batch.verdicts.reset(rows: batch.records.count)
            for row in batch.selection.indices where batch.selection[row] == 1 { batch.verdicts.verdicts[row] = .kept }
        }
        let seen = batch
        try state.withLock { state in
            for row in 0..<seen.records.count {
                if only != nil { noteAddress(seen, row, &state) }
                guard isWanted(seen, row, state) else { continue }
                if only != nil, state.fates.count == Self.rowLimit {
                    state.more += 1
                    continue
                }
                state.fates.append(fate(seen, row, &state))
                if only != nil, let rules, let context = state.context, let today = CalendarDate(context.today.utf8) {
                    let evaluator = try RuleEvaluator(rules, columns: state.columns, now: context.now, today: today)
                    state.traces.append(evaluator.trace(rules, seen.records, row: row))
                }
            }
        }
    }

    private func noteAddress(_ batch: UserBatch, _ row: Int, _ state: inout State) {
        guard batch.selection[row] == 1, batch.verdicts.verdicts[row] == .kept else { return }
        guard case .address(let address) = reading(batch, row, state) else { return }
        let hash = SubscriberHash(of: address)
        if state.firstRowsOfAll[hash] == nil { state.firstRowsOfAll[hash] = batch.records.rowNumbers[row] }
    }

    private func isWanted(_ batch: UserBatch, _ row: Int, _ state: State) -> Bool {
        guard let only else { return true }
        if let column = state.emailColumn, let text = batch.records.columns[column].text(row), EmailAddress.normalised(text) == only {
            return true
        }
        guard batch.selection[row] == 1, batch.verdicts.verdicts[row] == .kept, batch.verdicts.addresses[row] == .mapped else {
            return false
        }
        if case .address(only) = reading(batch, row, state) { return true }
        return false
    }

    package func name(segment: String, label: String?) throws -> String { try hooks?.name(segment: segment, label: label) ?? segment }
    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try hooks?.review(plan) ?? .go }
    package func report(_ report: RunReport) throws -> String? { try hooks?.report(report) }

    private func fate(_ batch: UserBatch, _ row: Int, _ state: inout State) -> RowFate {
        let verdicts = batch.verdicts
        let key = state.keyColumn.flatMap { batch.records.columns[$0].described(row) }
        let number = batch.records.rowNumbers[row]
        let original = state.emailColumn.flatMap { batch.records.columns[$0].text(row) }.map(EmailAddress.normalised)
        guard batch.selection[row] == 1 else { return RowFate(row: number, key: key, verdict: "dropped by rules", original: original) }
        let locations = verdicts.locations.isEmpty ? [] : verdicts.locations[row]
        if verdicts.verdicts[row] == .dropped {
            var fate = RowFate(
                row: number, key: key, verdict: "dropped", reason: verdicts.reasonTexts[Int(verdicts.reasons[row])], original: original)
            fate.locations = locations
            fate.failure = verdicts.failures[row]
            let mapping = verdicts.mappingRanges[row]
            fate.mappingBeforeDrop = mapping.isEmpty ? nil : String(decoding: verdicts.mappingBytes[mapping], as: UTF8.self)
            return fate
        }
        let mapping = verdicts.mappingRanges[row]
        var fate = RowFate(
            row: number, key: key, verdict: "kept", original: original,
            mapping: mapping.isEmpty ? nil : String(decoding: verdicts.mappingBytes[mapping], as: UTF8.self),
            labels: verdicts.labelNumbers[verdicts.labelRanges[row]].map { verdicts.labelTexts[Int($0)] })
        fate.locations = locations
        fate.failure = verdicts.failures[row]
        switch reading(batch, row, state) {
        case .address(let address):
            fate.address = address
            let earlier = only == nil ? state.firstRows[address] : state.firstRowsOfAll[SubscriberHash(of: address)]
            if let first = earlier, first != number {
                fate.verdict = "duplicate"
                fate.reason = "of row \(first)"
            } else {
                state.firstRows[address] = number
            }
        case .malformed:
            fate.verdict = "bad email"
            fate.hasBadAddress = true
        case .missing: fate.verdict = "no email"
        }
        return fate
    }

    private enum Reading: Equatable {
        case missing, malformed
        case address(String)
    }

    private func reading(_ batch: UserBatch, _ row: Int, _ state: State) -> Reading {
        let verdicts = batch.verdicts
        var bytes: [UInt8]
        switch verdicts.addresses[row] {
        case .cleared: return .missing
        case .mapped: bytes = Array(verdicts.addressBytes[verdicts.addressRanges[row]])
        case .unchanged:
            guard let column = state.emailColumn, !batch.records.columns[column].isNull(row) else { return .missing }
            bytes = Array(batch.records.columns[column].bytes[batch.records.columns[column].byteRange(row)])
        }
        var address: [UInt8] = []
        switch bytes.withUnsafeBufferPointer({ EmailAddress.read($0, into: &address) }) {
        case .missing: return .missing
        case .malformed: return .malformed
        case .address: return .address(String(decoding: address, as: UTF8.self))
        }
    }
}

import HooklineCore

/// A ledger whose process may die before or after each of its transactions, never within one; and which may be made to forget what it
/// is told, to see that the simulation notices.
final class MortalLedger: Ledger {
    let inner: any Ledger
    private let life: Life
    private let sabotage: Sabotage?
    private let ourTime: @Sendable () -> Int64

    init(_ inner: any Ledger, _ life: Life, sabotage: Sabotage?, ourTime: @escaping @Sendable () -> Int64 = { 0 }) {
        self.ourTime = ourTime
        self.inner = inner
        self.life = life
        self.sabotage = sabotage
    }

    private func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try life.step()
        let value = try body()
        try life.step()
        return value
    }

    func segment(_ key: SegmentKey) throws -> LedgerSegment? { try inner.segment(key) }
    func segments(of activation: String) throws -> [LedgerSegment] { try inner.segments(of: activation) }
    func members(of segment: LedgerSegment, after time: Int64) throws -> ClosedRange<Int>? {
        try inner.members(of: segment, after: time)
    }
    func forEachMember(
        of segment: LedgerSegment, within range: ClosedRange<SubscriberHash>, _ body: (SubscriberHash, MemberState) throws -> Void
    ) throws {
        let isPart = range != .first ... .last
        try inner.forEachMember(of: segment, within: range) { hash, state in
            if sabotage == .losesMembersOfParts, isPart, hash.low.isMultiple(of: 2) { return }
            try body(hash, state)
        }
    }
    func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList {
        try inner.addresses(of: hashes, in: segment)
    }
    func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment {
        try transaction { try inner.willCreate(key, name: name, now: sabotage == .datesCreationsByOurClock ? ourTime() : now) }
    }
    func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws {
        try transaction { if sabotage != .deletesWithoutIntent { try inner.willClear(segment, phase: phase, now: now) } }
    }
    func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws {
        try transaction { try inner.didClear(segment, phase: phase, run: run, now: now) }
    }
    func didDelete(_ segment: LedgerSegment) throws { try transaction { try inner.didDelete(segment) } }
    func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws {
        try transaction { try inner.isLive(segment, mailchimpID: mailchimpID, name: name, now: now) }
    }
    func willRename(_ segment: LedgerSegment, to name: String) throws { try transaction { try inner.willRename(segment, to: name) } }
    func isShown(_ segment: LedgerSegment, as name: String) throws { try transaction { try inner.isShown(segment, as: name) } }
    func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws {
        try transaction { try inner.didReconcile(segment, found, at: time) }
    }
    func record(_ notes: [CallNote], run: String, now: Int64) throws {
        try transaction {
            let heard = notes.filter { note in
                switch note {
                case .willChange: sabotage != .sendsWithoutIntent
                case .didChange: sabotage != .forgetsAnswers
                }
            }
            try inner.record(heard, run: run, now: now)
        }
    }
    func takeOver(_ segment: LedgerSegment, members: AddressList) throws {
        try transaction { try inner.takeOver(segment, members: members) }
    }
    func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws { try transaction { try inner.forget(hashes, in: segment) } }
    func didLook(_ segment: LedgerSegment, until time: Int64, askedUntil: Int64?) throws {
        try transaction { try inner.didLook(segment, until: sabotage == .looksTooLate ? time + 100_000_000 : time, askedUntil: askedUntil) }
    }
    func entry(of hash: SubscriberHash, in segment: LedgerSegment) throws -> LedgerEntry? { try inner.entry(of: hash, in: segment) }
    func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)] {
        try inner.changes(of: hash, in: segment)
    }
    func forEachChange(of run: String, in segment: LedgerSegment, _ body: (LedgerChange) throws -> Void) throws {
        try inner.forEachChange(of: run, in: segment, body)
    }
    func refusals(in segment: LedgerSegment) throws -> [Refusal] {
        sabotage == .forgetsRefusals ? [] : try inner.refusals(in: segment)
    }
    func acknowledge(_ hashes: [SubscriberHash], in segment: LedgerSegment, _ acknowledgement: Refusal.Acknowledgement?) throws {
        try transaction { try inner.acknowledge(hashes, in: segment, acknowledgement) }
    }
    func keep(_ rows: [RowBucket: [KeptRow]], of run: String) throws { try transaction { try inner.keep(rows, of: run) } }
    func forEachRow(of run: String, in bucket: RowBucket, _ body: (KeptRow) throws -> Void) throws {
        try inner.forEachRow(of: run, in: bucket, body)
    }
    func rename(_ activation: String, to name: String, _ record: RunReport) throws {
        try transaction { try inner.rename(activation, to: name, record) }
    }
    func forget(_ segments: [LedgerSegment], _ record: RunReport) throws { try transaction { try inner.forget(segments, record) } }
    func takeIn(_ key: SegmentKey, mailchimpID: Int, name: String, members: AddressList, now: Int64, _ record: RunReport) throws {
        try transaction { try inner.takeIn(key, mailchimpID: mailchimpID, name: name, members: members, now: now, record) }
    }
    func mustTell(_ warnings: [RunWarning], of activation: String) throws {
        try transaction {
            // Whoever died before has changed nothing, and the next run sees for itself what there is.
            life.saw(warnings)
            if sabotage != .forgetsToTell { try inner.mustTell(warnings, of: activation) }
        }
    }
    func untold(of activation: String) throws -> [RunWarning] { try inner.untold(of: activation) }
    func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws {
        try transaction { try inner.begin(run: run, activation: activation, kind: kind, at: time) }
    }
    func finish(_ report: RunReport) throws { try transaction { try inner.finish(report) } }
    func history(of activation: String, limit: Int) throws -> [RunReport] { try inner.history(of: activation, limit: limit) }
    func run(_ id: String) throws -> RunReport? { try inner.run(id) }
    func status() throws -> [ActivationStatus] { try inner.status() }
}

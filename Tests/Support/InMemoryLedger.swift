import HooklineCore
import Synchronization

/// The `Ledger` in memory: it does what the one in SQLite does, and can be made to fail.
package final class InMemoryLedger: Ledger {
    /// Why the ledger would not do what was asked.
    package enum Failure: Error, Equatable {
        case unknownSegment
        case ambiguousRun
        case runExists
        case runGoesOn
        /// What a test asked for with `failNext`.
        case asked
    }

    struct Member {
        var address: String
        var state: MemberState
        var run: String?
    }

    struct Run {
        var report: RunReport
        var hasEnded: Bool
        var isAlive: Bool
    }

    struct State {
        var segments: [LedgerSegment] = []
        var members: [Int64: [SubscriberHash: Member]] = [:]
        var runs: [Run] = []
        var reasons: [Int64: [SubscriberHash: String]] = [:]
        /// What runs did: by run, then by segment.
        var changes: [String: [Int64: [SubscriberHash: LedgerChange]]] = [:]
        var failures = 0
    }

    let state = Mutex(State())

    package init() {}

    /// The process that began the runs dies: those without a report are interrupted.
    package func processDied() {
        state.withLock { state in
            for index in state.runs.indices { state.runs[index].isAlive = false }
        }
    }

    /// The next `count` writes fail with `Failure.asked` and change nothing.
    package func failNext(_ count: Int) {
        state.withLock { $0.failures = count }
    }

    /// Mailchimp's words about an address that it refused; nil for any other.
    package func reason(for hash: SubscriberHash, in segment: LedgerSegment) -> String? {
        state.withLock { $0.reasons[segment.id]?[hash] }
    }

    /// A body decides before it changes anything, so that one that throws has changed nothing.
    func write<Result>(_ body: (inout State) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard state.failures == 0 else {
                state.failures -= 1
                throw Failure.asked
            }
            return try body(&state)
        }
    }
}

// MARK: Segments

extension InMemoryLedger {
    package func segment(_ key: SegmentKey) throws -> LedgerSegment? {
        state.withLock { state in
            state.segments.first { $0.key == key }.map { Self.counted($0, in: state) }
        }
    }

    package func segments(of activation: String) throws -> [LedgerSegment] {
        state.withLock { state in
            state.segments.filter { $0.key.activation == activation }.map { Self.counted($0, in: state) }
                .sorted { Self.order($0.key) < Self.order($1.key) }
        }
    }

    package func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment {
        try write { state in
            if !state.segments.contains(where: { $0.key == key }) {
                state.segments.append(
                    LedgerSegment(
                        id: (state.segments.map(\.id).max() ?? 0) + 1, key: key, mailchimpID: nil, name: name, phase: .creating,
                        phaseSince: now,
                        revision: 0, members: 0, waiting: 0))
            }
            guard let index = state.segments.firstIndex(where: { $0.key == key }) else { throw Failure.unknownSegment }
            state.segments[index].mailchimpID = nil
            state.segments[index].name = name
            state.segments[index].pendingName = nil
            state.segments[index].phase = .creating
            state.segments[index].phaseSince = now
            state.segments[index].revision += 1
            return Self.counted(state.segments[index], in: state)
        }
    }

    package func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws {
        try change(segment) { row, _ in
            row.phase = phase
            row.phaseSince = now
        }
    }

    package func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws {
        try change(segment) { row, state in
            row.phase = phase
            row.phaseSince = now
            row.changedAt = now
            for (hash, member) in state.members[row.id] ?? [:] where member.state.isPossiblyMember {
                Self.note(hash, .removed, member.address, run, row, &state)
            }
            if phase == .creating { row.mailchimpID = nil }
            state.members[row.id] = nil
            state.reasons[row.id] = nil
        }
    }

    package func didDelete(_ segment: LedgerSegment) throws {
        try write { state in
            guard let index = state.segments.firstIndex(where: { $0.id == segment.id }) else { throw Failure.unknownSegment }
            state.segments.remove(at: index)
            state.members[segment.id] = nil
            state.reasons[segment.id] = nil
            for run in state.changes.keys { state.changes[run]?[segment.id] = nil }
        }
    }

    package func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws {
        try change(segment) { row, _ in
            if row.phase == .live, row.mailchimpID == mailchimpID, row.name == name, row.pendingName == nil {
                row.revision -= 1
                return
            }
            row.phase = .live
            row.mailchimpID = mailchimpID
            row.name = name
            row.pendingName = nil
            row.phaseSince = now
        }
    }

    package func willRename(_ segment: LedgerSegment, to name: String) throws {
        try change(segment) { row, _ in row.pendingName = name }
    }

    package func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws {
        try change(segment) { row, state in
            row.reconciledAt = time
            row.knownDrift = found.drift
            guard found.mends else { return }
            for hash in found.lost where state.members[row.id]?[hash]?.state.isPossiblyMember == true {
                state.members[row.id]?[hash]?.state = .adding
            }
            Self.put(found.strangers, as: .member, in: row, &state)
        }
    }

    package func didProbe(_ segment: LedgerSegment, at time: Int64) throws {
        try change(segment) { row, _ in
            row.probedAt = time
            row.revision -= 1
        }
    }

    func change(_ segment: LedgerSegment, _ body: (inout LedgerSegment, inout State) -> Void) throws {
        try write { state in
            guard let index = state.segments.firstIndex(where: { $0.id == segment.id }) else { throw Failure.unknownSegment }
            var row = state.segments[index]
            row.revision += 1
            body(&row, &state)
            state.segments[index] = row
        }
    }

    private static func counted(_ segment: LedgerSegment, in state: State) -> LedgerSegment {
        var segment = segment
        let members = state.members[segment.id, default: [:]].values
        segment.members = members.count { $0.state.isPossiblyMember }
        segment.waiting = members.count - segment.members
        return segment
    }
}

// MARK: Runs

extension InMemoryLedger {
    package func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws {
        try write { state in
            guard !state.runs.contains(where: { $0.report.run == run }) else { throw Failure.runExists }
            let interrupted = RunReport(
                run: run, activation: activation, kind: kind, outcome: .failed,
                error: RunFailure("run.interrupted", "the run never ended: its process is gone; the next run finishes its work"),
                startedAt: time)
            state.runs.append(Run(report: interrupted, hasEnded: false, isAlive: true))
            let oldest = time - LedgerChange.daysKept * 86_400
            // By their order, as the ledger in SQLite does: clocks jump, the order of runs does not.
            guard let last = state.runs.lastIndex(where: { $0.report.startedAt < oldest }) else { return }
            for old in state.runs[...last] { state.changes[old.report.run] = nil }
        }
    }

    package func finish(_ report: RunReport) throws {
        var report = report
        for index in report.segments.indices {
            report.segments[index].adds = nil
            report.segments[index].removes = nil
        }
        try write { state in
            let run = Run(report: report, hasEnded: true, isAlive: false)
            if let index = state.runs.firstIndex(where: { $0.report.run == report.run }) {
                state.runs[index] = run
            } else {
                state.runs.append(run)
            }
        }
    }

    package func history(of activation: String, limit: Int) throws -> [RunReport] {
        let runs = state.withLock { $0.runs }
        let reports = runs.filter { $0.report.activation == activation && ($0.hasEnded || !$0.isAlive) }.map(\.report)
        // A stable sort of the reversed list: of two that began in the same second, the later one comes first.
        return Array(reports.reversed().sorted { $0.startedAt > $1.startedAt }.prefix(max(0, limit)))
    }

    package func run(_ id: String) throws -> RunReport? {
        guard !id.isEmpty else { return nil }
        let runs = state.withLock { $0.runs }
        var found = runs.filter { $0.report.run == id }
        if found.isEmpty { found = runs.filter { $0.report.run.hasPrefix(id) } }
        guard let run = found.first else { return nil }
        guard found.count == 1 else { throw Failure.ambiguousRun }
        guard run.hasEnded || !run.isAlive else { throw Failure.runGoesOn }
        return run.report
    }

    package func status() throws -> [ActivationStatus] {
        let state = state.withLock { $0 }
        let names = Set(state.runs.map(\.report.activation)).union(state.segments.map(\.key.activation))
        return try names.sorted().map { activation in
            ActivationStatus(
                activation: activation, lastRun: try history(of: activation, limit: 1).first,
                segments: state.segments.filter { $0.key.activation == activation }.map { Self.counted($0, in: state) }
                    .sorted { Self.order($0.key) < Self.order($1.key) })
        }
    }

    /// The segment itself before its labels.
    private static func order(_ key: SegmentKey) -> (String, String, Int, String) {
        (key.endpoint, key.audience, key.label == nil ? 0 : 1, key.label ?? "")
    }
}

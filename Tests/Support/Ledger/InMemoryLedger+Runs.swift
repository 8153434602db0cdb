import HooklineCore
import Synchronization

extension InMemoryLedger {
    package func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws {
        try write { state in
            guard !state.runs.contains(where: { $0.report.run == run }) else { throw Failure.runExists }
            let interrupted = RunReport(
                run: run, activation: activation, kind: kind, outcome: .failed,
                error: RunFailure("run.interrupted", "the run was interrupted: its process is gone; the next run finishes its work"),
                startedAt: time)
            state.runs.append(Run(report: interrupted, hasEnded: false, isAlive: true))
            for index in state.segments.indices where state.segments[index].key.activation == activation {
                let counted = Self.counted(state.segments[index], in: state)
                if counted.adding + counted.removing > 0 { state.segments[index].doubtedAt = time }
            }
            let oldest = time - LedgerChange.daysKept * 86_400
            // In the order of the runs, like the ledger in SQLite: clocks jump.
            guard let last = state.runs.lastIndex(where: { $0.report.startedAt < oldest }) else { return }
            for old in state.runs[...last] {
                state.changes[old.report.run] = nil
                state.rows[old.report.run] = nil
            }
        }
    }

    package func finish(_ report: RunReport) throws {
        var report = report
        for index in report.segments.indices {
            report.segments[index].adds = nil
            report.segments[index].removes = nil
        }
        try write { state in
            if report.outcome == .done || report.outcome == .partial {
                for segment in state.segments where segment.key.activation == report.activation {
                    for hash in (state.refusals[segment.id] ?? [:]).keys { state.refusals[segment.id]?[hash]?.isTold = true }
                }
            }
            state.untold[report.activation]?.removeAll { report.warnings.contains($0) }
            let run = Run(report: report, hasEnded: true, isAlive: false)
            if let index = state.runs.firstIndex(where: { $0.report.run == report.run }) {
                state.runs[index] = run
            } else {
                state.runs.append(run)
            }
        }
    }

    package func mustTell(_ warnings: [RunWarning], of activation: String) throws {
        try write { state in
            let known = state.untold[activation] ?? []
            state.untold[activation] = known + warnings.filter { !known.contains($0) }
        }
    }

    package func untold(of activation: String) throws -> [RunWarning] { state.withLock { $0.untold[activation] ?? [] } }

    package func history(of activation: String, limit: Int) throws -> [RunReport] {
        let runs = state.withLock { $0.runs }
        let reports = runs.filter { $0.report.activation == activation && ($0.hasEnded || !$0.isAlive) }.map(\.report)
        // A stable sort of the reversed list: of two runs that began in the same second, the later one comes first.
        return Array(reports.reversed().sorted { $0.startedAt > $1.startedAt }.prefix(max(0, limit)))
    }

    package func run(_ id: String) throws -> RunReport? {
        guard !id.isEmpty else { return nil }
        let runs = state.withLock { $0.runs }
        var found = runs.filter { $0.report.run == id }
        if found.isEmpty { found = runs.filter { $0.report.run.hasPrefix(id) } }
        guard let run = found.first else { return nil }
        guard found.count == 1 else { throw Failure.ambiguousRun }
        guard run.hasEnded || !run.isAlive else { throw Failure.runInProgress }
        return run.report
    }

    package func status() throws -> [ActivationStatus] {
        let state = state.withLock { $0 }
        let names = Set(state.runs.map(\.report.activation)).union(state.segments.map(\.key.activation))
        return try names.sorted().compactMap { activation in
            let segments = state.segments.filter { $0.key.activation == activation }.map { Self.counted($0, in: state) }
                .sorted { Self.order($0.key) < Self.order($1.key) }
            let history = try history(of: activation, limit: .max)
            if segments.isEmpty, history.first?.kind == .forget { return nil }
            return ActivationStatus(activation: activation, lastRun: history.first { !$0.kind.isOfLedger }, segments: segments)
        }
    }

    /// Sorts the segment without a label first.
    static func order(_ key: SegmentKey) -> (String, String, Int, String) {
        (key.endpoint, key.audience, key.label == nil ? 0 : 1, key.label ?? "")
    }
}

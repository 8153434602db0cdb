import HooklineCore
import Synchronization

extension InMemoryLedger {
    package func keep(_ rows: [RowBucket: [KeptRow]], of run: String) throws {
        try write { state in
            guard let owner = state.runs.first(where: { $0.report.run == run })?.report.activation else { return }
            state.rows[run] = rows.mapValues { Array($0.prefix(RowBucket.rowLimit)) }.filter { !$0.value.isEmpty }
            var sum = 0
            for (index, old) in state.runs.map(\.report).filter({ $0.activation == owner && state.rows[$0.run] != nil }).reversed()
                .enumerated()
            {
                sum += state.rows[old.run]?.values.reduce(0) { $0 + $1.count } ?? 0
                if index > 0, sum > RowBucket.activationLimit { state.rows[old.run] = nil }
            }
        }
    }

    package func forEachRow(of run: String, in bucket: RowBucket, _ body: (KeptRow) throws -> Void) throws {
        let rows = state.withLock { $0.rows[run]?[bucket] ?? [] }
        for row in rows.sorted(by: { $0.row < $1.row }) { try body(row) }
    }

    package func rename(_ activation: String, to name: String, _ record: RunReport) throws {
        try write { state in
            for index in state.segments.indices where state.segments[index].key.activation == activation {
                let key = state.segments[index].key
                state.segments[index].key = SegmentKey(endpoint: key.endpoint, audience: key.audience, activation: name, label: key.label)
                state.segments[index].revision += 1
            }
            for index in state.runs.indices where state.runs[index].report.activation == activation {
                state.runs[index].report.activation = name
            }
            if let untold = state.untold.removeValue(forKey: activation) { state.untold[name, default: []] += untold }
            state.runs.append(Run(report: record, hasEnded: true, isAlive: false))
        }
    }

    package func forget(_ segments: [LedgerSegment], _ record: RunReport) throws {
        try write { state in
            for segment in segments { try Self.delete(segment, &state) }
            if !state.segments.contains(where: { $0.key.activation == record.activation }) {
                for run in state.runs where run.report.activation == record.activation { state.rows[run.report.run] = nil }
            }
            state.runs.append(Run(report: record, hasEnded: true, isAlive: false))
        }
    }

    package func takeIn(
        _ key: SegmentKey, mailchimpID: Int, name: String, members: AddressList, now: Int64, _ record: RunReport
    ) throws {
        try write { state in
            try Self.refuseTaken(mailchimpID, for: key, in: state)
            if let known = state.segments.first(where: { $0.key == key }) { try Self.delete(known, &state) }
            let segment = LedgerSegment(
                id: (state.segments.map(\.id).max() ?? 0) + 1, key: key, mailchimpID: mailchimpID, name: name, phase: .live,
                phaseSince: now,
                revision: 1, members: 0, waiting: 0)
            state.segments.append(segment)
            Self.put(members, as: .member, in: segment, &state)
            state.runs.append(Run(report: record, hasEnded: true, isAlive: false))
        }
    }

    static func refuseTaken(_ id: Int, for key: SegmentKey, in state: State) throws {
        let owner = state.segments.first {
            $0.mailchimpID == id && $0.key.endpoint == key.endpoint && $0.key.audience == key.audience && $0.key != key
        }
        if let owner { throw SegmentTaken(id, by: owner.key) }
    }

    static func delete(_ segment: LedgerSegment, _ state: inout State) throws {
        guard let index = state.segments.firstIndex(where: { $0.id == segment.id }) else { throw Failure.unknownSegment }
        state.segments.remove(at: index)
        state.members[segment.id] = nil
        state.reasons[segment.id] = nil
        state.receipts[segment.id] = nil
        state.refusals[segment.id] = nil
        for run in state.changes.keys { state.changes[run]?[segment.id] = nil }
    }
}

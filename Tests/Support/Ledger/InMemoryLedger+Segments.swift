import HooklineCore
import Synchronization

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
            state.refusals[row.id] = state.refusals[row.id]?.filter { $0.value.act == .add }
        }
    }

    package func didDelete(_ segment: LedgerSegment) throws {
        try write { state in
            try Self.delete(segment, &state)
        }
    }

    package func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws {
        try change(segment) { row, state in
            if row.mailchimpID != mailchimpID { try Self.refuseTaken(mailchimpID, for: row.key, in: state) }
            if row.phase == .live, row.mailchimpID == mailchimpID, row.name == name, row.pendingName == nil {
                row.revision -= 1
                return
            }
            row.phase = .live
            row.mailchimpID = mailchimpID
            row.name = name
            row.shownName = nil
            row.pendingName = nil
            row.phaseSince = now
        }
    }

    package func isShown(_ segment: LedgerSegment, as name: String) throws {
        try change(segment) { row, _ in
            row.shownName = name
            row.revision -= 1
        }
    }

    package func willRename(_ segment: LedgerSegment, to name: String) throws {
        try change(segment) { row, _ in row.pendingName = name }
    }

    package func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws {
        try change(segment) { row, state in
            row.reconciledAt = time
            row.knownDrift = found.drift
            for hash in found.released ?? [] {
                state.members[row.id]?[hash] = nil
                state.reasons[row.id]?[hash] = nil
            }
            Self.deleteRefusals(found.released ?? [], in: row, &state)
            guard found.mends else { return }
            for hash in found.lost where state.members[row.id]?[hash]?.state.isPossiblyMember == true {
                state.members[row.id]?[hash]?.state = .adding
            }
            Self.put(found.strangers, as: .member, in: row, &state)
            Self.deleteRefusals(found.strangers.hashes, .add, in: row, &state)
        }
    }

    package func didLook(_ segment: LedgerSegment, until time: Int64, askedUntil: Int64?) throws {
        try change(segment) { row, _ in
            row.lookedUntil = time
            row.askedUntil = askedUntil ?? row.askedUntil
            row.revision -= 1
        }
    }

    func change(_ segment: LedgerSegment, _ body: (inout LedgerSegment, inout State) throws -> Void) throws {
        try write { try Self.change(segment, &$0, body) }
    }

    static func change(
        _ segment: LedgerSegment, _ state: inout State, _ body: (inout LedgerSegment, inout State) throws -> Void
    ) throws {
        guard let index = state.segments.firstIndex(where: { $0.id == segment.id }) else { throw Failure.unknownSegment }
        var row = state.segments[index]
        row.revision += 1
        try body(&row, &state)
        state.segments[index] = row
    }

    static func counted(_ segment: LedgerSegment, in state: State) -> LedgerSegment {
        var segment = segment
        let members = state.members[segment.id, default: [:]].values
        segment.members = members.count { $0.state.isMember }
        segment.adding = members.count { $0.state == .adding }
        segment.removing = members.count { $0.state == .removing }
        segment.waiting = members.count - segment.members - segment.adding
        return segment
    }
}

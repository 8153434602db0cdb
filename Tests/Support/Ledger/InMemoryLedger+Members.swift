import HooklineCore
import Synchronization

extension InMemoryLedger {
    package func forEachMember(
        of segment: LedgerSegment, within range: ClosedRange<SubscriberHash>, _ body: (SubscriberHash, MemberState) throws -> Void
    ) throws {
        let members = state.withLock { $0.members[segment.id, default: [:]] }
        for (hash, member) in members.sorted(by: { $0.key < $1.key }) where range.contains(hash) { try body(hash, member.state) }
    }

    package func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList {
        let members = state.withLock { $0.members[segment.id, default: [:]] }
        var found = AddressList()
        for hash in hashes {
            if let member = members[hash] { found.append(member.address.utf8, hash) }
        }
        return found
    }

    package func record(_ notes: [CallNote], run: String, now: Int64) throws {
        try write { state in
            for case .willChange(let segment, _, _) in notes where !state.segments.contains(where: { $0.id == segment.id }) {
                throw Failure.unknownSegment
            }
            for case .didChange(let segment, _) in notes where !state.segments.contains(where: { $0.id == segment.id }) {
                throw Failure.unknownSegment
            }
            for note in notes {
                switch note {
                case .willChange(let segment, let adding, let removing):
                    try Self.change(segment, &state) { row, state in
                        let run = state.runs.contains { $0.report.run == run } ? run : nil
                        Self.put(adding, as: .adding, in: row, &state, run)
                        Self.put(removing, as: .removing, in: row, &state, run)
                    }
                case .didChange(let segment, let receipt): try Self.settle(segment, receipt, run: run, now: now, &state)
                }
            }
        }
    }

    private static func settle(_ segment: LedgerSegment, _ receipt: Receipt, run: String, now: Int64, _ state: inout State) throws {
        try change(segment, &state) { row, state in
            if receipt.members.count + receipt.gone.count > 0 { row.changedAt = now }
            let began = state.runs.first { $0.report.run == run }?.report.startedAt
            if let began, row.doubtedAt == began { row.doubtedAt = now }
            let before = Self.counted(row, in: state).members
            defer {
                state.receipts[row.id, default: []].append((now, before, Self.counted(row, in: state).members))
            }
            let run = state.runs.contains { $0.report.run == run } ? run : nil
            Self.note(receipt, run, row, &state)
            Self.put(receipt.members, as: .member, in: row, &state, run)
            for hash in receipt.gone {
                state.members[row.id]?[hash] = nil
                state.reasons[row.id]?[hash] = nil
            }
            Self.put(receipt.notContacts, as: .notAContact, in: row, &state, run)
            for (refusals, left, act) in [
                (receipt.rejected, MemberState.rejected, Refusal.Act.add), (receipt.unremovable, .removing, .remove),
            ] {
                for refusal in refusals {
                    state.members[row.id, default: [:]][refusal.hash] = Member(address: refusal.address, state: left, run: run)
                    state.reasons[row.id, default: [:]][refusal.hash] = refusal.reason
                    let one = Refusal(
                        hash: refusal.hash, address: refusal.address, act: act, reason: refusal.reason, failsCalls: receipt.isOfCulprit,
                        since: now, askedAt: now)
                    Self.note(one, in: row, &state)
                }
            }
            Self.deleteRefusals(receipt.members.hashes + receipt.gone + receipt.notContacts.hashes, in: row, &state)
        }
    }

    package func members(of segment: LedgerSegment, after time: Int64) throws -> ClosedRange<Int>? {
        try state.withLock { state in
            guard let row = state.segments.first(where: { $0.id == segment.id }) else { throw Failure.unknownSegment }
            let now = Self.counted(row, in: state).members
            let recent = (state.receipts[row.id] ?? []).reversed().prefix { $0.at > time }
            let all = [now] + recent.flatMap { [$0.before, $0.after] }
            return (all.min() ?? now)...(all.max() ?? now)
        }
    }

    package func takeOver(_ segment: LedgerSegment, members: AddressList) throws {
        try change(segment) { row, state in
            Self.put(members, as: .member, in: row, &state)
            Self.deleteRefusals(members.hashes, .add, in: row, &state)
        }
    }

    package func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws {
        try change(segment) { row, state in
            for hash in hashes where state.members[row.id]?[hash]?.state.isPossiblyMember == false {
                state.members[row.id]?[hash] = nil
                state.reasons[row.id]?[hash] = nil
            }
            Self.deleteRefusals(hashes, in: row, &state)
        }
    }

    static func put(
        _ addresses: AddressList, as memberState: MemberState, in row: LedgerSegment, _ state: inout State, _ run: String? = nil
    ) {
        for index in 0..<addresses.count {
            let hash = addresses.hashes[index]
            state.members[row.id, default: [:]][hash] = Member(address: addresses[index], state: memberState, run: run)
            state.reasons[row.id]?[hash] = nil
        }
    }
}

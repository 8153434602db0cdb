import HooklineCore
import Synchronization

extension InMemoryLedger {
    package func entry(of hash: SubscriberHash, in segment: LedgerSegment) throws -> LedgerEntry? {
        state.withLock { state in
            state.members[segment.id]?[hash].map {
                LedgerEntry(state: $0.state, reason: state.reasons[segment.id]?[hash], run: $0.run)
            }
        }
    }

    package func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)] {
        state.withLock { state in
            state.runs.reversed().map(\.report).filter { $0.activation == segment.key.activation }.compactMap { report in
                state.changes[report.run]?[segment.id]?[hash].map { (report.run, $0) }
            }
        }
    }

    package func forEachChange(of run: String, in segment: LedgerSegment, _ body: (LedgerChange) throws -> Void) throws {
        let changes = state.withLock { $0.changes[run]?[segment.id] ?? [:] }
        for (_, change) in changes.sorted(by: { $0.key < $1.key }) { try body(change) }
    }

    static func note(_ receipt: Receipt, _ run: String?, _ row: LedgerSegment, _ state: inout State) {
        guard let run else { return }
        for hash in receipt.members.hashes { note(hash, .added, nil, run, row, &state) }
        for hash in receipt.gone {
            guard let member = state.members[row.id]?[hash], member.state.isPossiblyMember else { continue }
            note(hash, .removed, member.address, run, row, &state)
        }
        for hash in receipt.notContacts.hashes { note(hash, .notAContact, nil, run, row, &state) }
        for refusal in receipt.rejected { note(refusal.hash, .rejected, nil, run, row, &state) }
    }

    static func note(
        _ hash: SubscriberHash, _ kind: LedgerChange.Kind, _ address: String?, _ run: String, _ row: LedgerSegment, _ state: inout State
    ) {
        guard state.runs.contains(where: { $0.report.run == run }) else { return }
        let before = state.changes[run]?[row.id]?[hash]
        let wasTakenOut = before?.kind == .removed || before?.kind == .stayed
        var after = kind
        if wasTakenOut, kind == .added { after = .stayed }
        if wasTakenOut, kind == .notAContact || kind == .rejected { after = .removed }
        state.changes[run, default: [:]][row.id, default: [:]][hash] = LedgerChange(
            hash: hash, kind: after, address: address ?? before?.address)
    }
}

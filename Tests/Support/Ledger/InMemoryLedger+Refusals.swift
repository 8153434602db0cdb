import HooklineCore
import Synchronization

extension InMemoryLedger {
    package func refusals(in segment: LedgerSegment) throws -> [Refusal] {
        state.withLock { $0.refusals[segment.id, default: [:]] }.values.sorted { $0.hash < $1.hash }
    }

    package func acknowledge(
        _ hashes: [SubscriberHash], in segment: LedgerSegment, _ acknowledgement: Refusal.Acknowledgement?
    ) throws {
        try write { state in
            for hash in hashes {
                state.refusals[segment.id]?[hash]?.acknowledgement = acknowledgement
                if acknowledgement != nil { state.refusals[segment.id]?[hash]?.isTold = true }
            }
        }
    }

    /// Notes a refusal. What is known of an earlier one holds if it is of the same kind.
    static func note(_ refusal: Refusal, in row: LedgerSegment, _ state: inout State) {
        var refusal = refusal
        if let before = state.refusals[row.id]?[refusal.hash], before.act == refusal.act, before.reason == refusal.reason {
            refusal.since = min(before.since, refusal.since)
            refusal.isTold = before.isTold
            refusal.acknowledgement = before.acknowledgement
        }
        state.refusals[row.id, default: [:]][refusal.hash] = refusal
    }

    static func deleteRefusals(_ hashes: [SubscriberHash], _ act: Refusal.Act? = nil, in row: LedgerSegment, _ state: inout State) {
        for hash in hashes {
            guard let known = state.refusals[row.id]?[hash], act == nil || known.act == act else { continue }
            state.refusals[row.id]?[hash] = nil
        }
    }
}

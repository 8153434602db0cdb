import HooklineCore
import Mailchimp

/// Additions and removals that travel in one call.
struct BatchPlan: Sendable {
    let adds: AddressList
    let removes: AddressList
}

extension Plan {
    /// How many calls it takes to apply the plan, if none has to be retried.
    package var calls: Int { segments.reduce(0) { $0 + $1.calls } }
}

extension SegmentPlan {
    /// How many calls it takes: those for the segment itself, and those for its members.
    package var calls: Int {
        switch action {
        case .keep, .empty: memberCalls
        case .adopt, .found: (nameBefore == nil ? 0 : 1) + memberCalls
        case .create, .rename, .remake: 1 + memberCalls
        case .recreate: 2 + memberCalls
        case .reset(_, let rename): (rename ? 2 : 1) + memberCalls
        case .delete: 1
        }
    }

    /// How many calls change members.
    var memberCalls: Int {
        guard let apart else { return MemberBatch.count(adding: adds.count, removing: removes.count) }
        let alone = Set(apart)
        return apart.count
            + MemberBatch.count(
                adding: adds.hashes.count { !alone.contains($0) }, removing: removes.hashes.count { !alone.contains($0) })
    }

    /// The calls that change members: additions and removals share them, so there are as many as the longer side fills. Those who go apart
    /// come last.
    ///
    /// Both sides are in the order of their hashes, which the ledger writes fastest.
    func batches() -> [BatchPlan] {
        var table = HashTable(capacity: apart?.count ?? 1)
        for hash in apart ?? [] { table.set(1, for: hash) }
        let (adds, removes) =
            apart == nil
            ? (self.adds.inHashOrder(), self.removes.inHashOrder())
            : (self.adds.without(table).inHashOrder(), self.removes.without(table).inHashOrder())
        var alone: [BatchPlan] = []
        if apart != nil {
            for index in 0..<self.adds.count where table.mark(of: self.adds.hashes[index]) != 0 {
                alone.append(BatchPlan(adds: self.adds.part(index..<index + 1), removes: AddressList()))
            }
            for index in 0..<self.removes.count where table.mark(of: self.removes.hashes[index]) != 0 {
                alone.append(BatchPlan(adds: AddressList(), removes: self.removes.part(index..<index + 1)))
            }
        }
        func slice(_ list: AddressList, _ number: Int) -> AddressList {
            list.part(min(number * MemberBatch.limit, list.count)..<min((number + 1) * MemberBatch.limit, list.count))
        }
        let shared = MemberBatch.count(adding: adds.count, removing: removes.count)
        return (0..<shared).map { BatchPlan(adds: slice(adds, $0), removes: slice(removes, $0)) } + alone
    }
}

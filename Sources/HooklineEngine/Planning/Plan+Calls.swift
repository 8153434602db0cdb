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
    func batches() -> BatchPlans { BatchPlans(self) }
}

/// The additions and removals of a segment, cut into calls. A call's addresses are copied when it is asked for, never all at once.
struct BatchPlans: RandomAccessCollection, Sendable {
    private let (adds, removes): (AddressList, AddressList)
    /// Those who share calls, in the order of their hashes.
    private let (addOrder, removeOrder): ([UInt32], [UInt32])
    /// Those who go apart.
    private let (addsApart, removesApart): ([Int], [Int])
    private let shared: Int
    let startIndex = 0
    let endIndex: Int

    fileprivate init(_ plan: SegmentPlan) {
        (adds, removes) = (plan.adds, plan.removes)
        let apart = HashTable(of: plan.apart ?? [])
        func order(_ list: AddressList) -> [UInt32] {
            let order = list.indexesInHashOrder()
            return apart.count == 0 ? order : order.filter { apart.mark(of: list.hashes[Int($0)]) == 0 }
        }
        func alone(_ list: AddressList) -> [Int] {
            apart.count == 0 ? [] : list.hashes.indices.filter { apart.mark(of: list.hashes[$0]) != 0 }
        }
        (addOrder, removeOrder) = (order(adds), order(removes))
        (addsApart, removesApart) = (alone(adds), alone(removes))
        shared = MemberBatch.count(adding: addOrder.count, removing: removeOrder.count)
        endIndex = shared + addsApart.count + removesApart.count
    }

    subscript(number: Int) -> BatchPlan {
        if number < shared { return BatchPlan(adds: cut(adds, addOrder, number), removes: cut(removes, removeOrder, number)) }
        let alone = number - shared
        if alone < addsApart.count {
            return BatchPlan(adds: adds.part(addsApart[alone]..<addsApart[alone] + 1), removes: AddressList())
        }
        let index = removesApart[alone - addsApart.count]
        return BatchPlan(adds: AddressList(), removes: removes.part(index..<index + 1))
    }

    private func cut(_ list: AddressList, _ order: [UInt32], _ number: Int) -> AddressList {
        list.at(order[Swift.min(number * MemberBatch.limit, order.count)..<Swift.min((number + 1) * MemberBatch.limit, order.count)])
    }
}

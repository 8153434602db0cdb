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
    var memberCalls: Int { MemberBatch.count(adding: adds.count, removing: removes.count) }

    /// The calls that change members: additions and removals share them, so there are as many as the longer side fills.
    ///
    /// Both sides are in the order of their hashes, which the ledger writes fastest.
    func batches() -> BatchPlans { BatchPlans(self) }
}

/// The additions and removals of a segment, cut into calls. A call's addresses are copied when it is asked for, never all at once.
struct BatchPlans: RandomAccessCollection, Sendable {
    private let (adds, removes): (AddressList, AddressList)
    private let (addOrder, removeOrder): ([UInt32], [UInt32])
    let startIndex = 0
    let endIndex: Int

    fileprivate init(_ plan: SegmentPlan) {
        (adds, removes) = (plan.adds, plan.removes)
        (addOrder, removeOrder) = (adds.indexesInHashOrder(), removes.indexesInHashOrder())
        endIndex = plan.memberCalls
    }

    subscript(number: Int) -> BatchPlan {
        func cut(_ list: AddressList, _ order: [UInt32]) -> AddressList {
            list.at(order[Swift.min(number * MemberBatch.limit, order.count)..<Swift.min((number + 1) * MemberBatch.limit, order.count)])
        }
        return BatchPlan(adds: cut(adds, addOrder), removes: cut(removes, removeOrder))
    }
}

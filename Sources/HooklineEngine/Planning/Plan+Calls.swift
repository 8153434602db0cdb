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
    func batches() -> [BatchPlan] {
        let (adds, removes) = (adds.inHashOrder(), removes.inHashOrder())
        func slice(_ list: AddressList, _ number: Int) -> AddressList {
            list.part(min(number * MemberBatch.limit, list.count)..<min((number + 1) * MemberBatch.limit, list.count))
        }
        return (0..<memberCalls).map { BatchPlan(adds: slice(adds, $0), removes: slice(removes, $0)) }
    }
}

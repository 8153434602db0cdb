import HooklineCore
import Mailchimp

/// Additions and removals that travel in one call.
struct BatchPlan: Sendable {
    let adds: AddressList
    let removes: AddressList
}

extension Plan {
    /// How many calls applying it costs when none has to be repeated.
    package var calls: Int { segments.reduce(0) { $0 + $1.calls } }
}

extension SegmentPlan {
    /// The calls it costs: the segment's own, then those that change members.
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

    /// The calls that change members.
    var memberCalls: Int { MemberBatch.count(adding: adds.count, removing: removes.count) }

    /// The calls that change members: as many as the longer side fills, additions and removals sharing them.
    ///
    /// Both sides go in the order of their hashes, in which the ledger writes them quickest.
    func batches() -> [BatchPlan] {
        let (adds, removes) = (adds.inHashOrder(), removes.inHashOrder())
        func slice(_ list: AddressList, _ number: Int) -> AddressList {
            list.part(min(number * MemberBatch.limit, list.count)..<min((number + 1) * MemberBatch.limit, list.count))
        }
        return (0..<memberCalls).map { BatchPlan(adds: slice(adds, $0), removes: slice(removes, $0)) }
    }
}

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
        // Those who go apart are always in memory.
        return apart.count
            + MemberBatch.count(
                adding: adds.count - adds.rest.hashes.count { alone.contains($0) },
                removing: removes.count - removes.rest.hashes.count { alone.contains($0) })
    }

    /// The calls that change members: additions and removals share them, so there are as many as the longer side fills. Those who go apart
    /// come last.
    ///
    /// Both sides are in the order of their hashes, which the ledger writes fastest.
    ///
    /// - Throws: if the plan's addresses cannot be read.
    func batches() throws -> BatchPlans { try BatchPlans(self) }
}

/// The additions and removals of a segment, cut into calls. A call's addresses are read when it is asked for, never all at once.
struct BatchPlans: Sendable {
    private let (adds, removes): (AddressesInOrder, AddressesInOrder)
    /// Those who go apart.
    private let (addsApart, removesApart): (AddressList, AddressList)
    private let shared: Int
    /// How many calls there are.
    let count: Int

    fileprivate init(_ plan: SegmentPlan) throws {
        let apart = HashTable(of: plan.apart ?? [])
        (adds, removes) = (try AddressesInOrder(plan.adds, without: apart), try AddressesInOrder(plan.removes, without: apart))
        func alone(_ list: PlannedAddresses) -> AddressList {
            apart.count == 0 ? AddressList() : list.rest.filtered { apart.mark(of: $0) != 0 }
        }
        (addsApart, removesApart) = (alone(plan.adds), alone(plan.removes))
        shared = MemberBatch.count(adding: adds.count, removing: removes.count)
        count = shared + addsApart.count + removesApart.count
    }

    /// A call, by its number from 0.
    ///
    /// - Throws: if the plan's addresses cannot be read.
    func batch(_ number: Int) throws -> BatchPlan {
        if number < shared { return BatchPlan(adds: try cut(adds, number), removes: try cut(removes, number)) }
        let alone = number - shared
        if alone < addsApart.count { return BatchPlan(adds: addsApart.part(alone..<alone + 1), removes: AddressList()) }
        let index = alone - addsApart.count
        return BatchPlan(adds: AddressList(), removes: removesApart.part(index..<index + 1))
    }

    private func cut(_ side: AddressesInOrder, _ number: Int) throws -> AddressList {
        try side.part(min(number * MemberBatch.limit, side.count)..<min((number + 1) * MemberBatch.limit, side.count))
    }
}

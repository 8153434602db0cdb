import HooklineCore

/// Additions and removals that travel in one call.
struct BatchPlan: Sendable {
    let adds: AddressList
    let removes: AddressList
}

extension SegmentPlan {
    /// The calls that change members: as many as the longer side fills, additions and removals sharing them.
    ///
    /// Both sides go in the order of their hashes, in which the ledger writes them quickest.
    func batches() -> [BatchPlan] {
        let (adds, removes) = (adds.inHashOrder(), removes.inHashOrder())
        let limit = Self.batchLimit
        let count = Self.calls(adding: adds.count, removing: removes.count)
        func slice(_ list: AddressList, _ number: Int) -> AddressList {
            list.part(min(number * limit, list.count)..<min((number + 1) * limit, list.count))
        }
        return (0..<count).map { BatchPlan(adds: slice(adds, $0), removes: slice(removes, $0)) }
    }
}

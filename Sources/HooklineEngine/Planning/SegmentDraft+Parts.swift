import HooklineCore

extension SegmentDraft {
    /// Takes in a part of the addresses, whose rows have been met: additions and removals go into a file, in the order of their hashes.
    ///
    /// The draft itself has been settled. Parts come in the order of their ranges.
    ///
    /// - Parameters:
    ///   - part: the draft of the part; settled, too.
    ///   - own: the draft's own additions in the part's range, in the order of their hashes.
    ///   - parts: receives what came of it.
    ///   - ledger: where addresses are read.
    /// - Throws: the errors of ledger and scratch.
    mutating func take(_ part: SegmentDraft, own: AddressList, into parts: inout DraftParts, _ ledger: any Ledger) throws {
        guard let target = part.target else { return }
        let plan = try part.finish(target, ledger, isMet: part.hasMet)
        let apart = Set(plan.apart ?? [])
        var entering = own
        entering.append(plan.adds.rest, where: { !apart.contains(plan.adds.rest.hashes[$0]) })
        try parts.adds.append(entering.inHashOrder())
        let leaving = plan.removes.rest.inHashOrder()
        try parts.removes.append(apart.isEmpty ? leaving : leaving.filtered { !apart.contains($0) })
        if !apart.isEmpty {
            adds.append(plan.adds.rest, where: { apart.contains(plan.adds.rest.hashes[$0]) })
            parts.removesApart.append(leaving, where: { apart.contains(leaving.hashes[$0]) })
        }
        parts.forgotten += plan.forgotten
        parts.membersBefore += plan.membersBefore
        parts.leaving += plan.leaving
        unchanged += part.unchanged
        becameMembers += part.becameMembers
        waiting.append(part.waiting)
        refused.append(part.refused)
        held.append(part.held)
        // Whose removal Mailchimp refuses may be asked for again later, so these stay in memory.
        let held = Set(part.held.hashes)
        let undecided = part.departures.filter(held.contains)
        departures += undecided
        parts.formerMembers.formUnion(undecided.filter(part.differ.wasMember))
        parts.departures += part.departures.count - undecided.count
    }
}

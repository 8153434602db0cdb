import HooklineCore

extension SegmentDraft {
    /// Takes in a part of the addresses: additions and removals go into a file, in the order of their hashes.
    ///
    /// The draft itself has been settled. Parts come in the order of their ranges.
    ///
    /// - Parameters:
    ///   - part: what came of it.
    ///   - parts: receives it.
    /// - Throws: the scratch's errors.
    mutating func take(_ part: DecidedPart, into parts: inout DraftParts) throws {
        try parts.adds.append(part.entering)
        try parts.removes.append(part.leaving)
        parts.removesApart.append(part.leavingApart)
        parts.forgotten += part.forgotten
        parts.membersBefore += part.membersBefore
        parts.leaving += part.membersLeaving
        parts.departures += part.departures
        parts.formerMembers.formUnion(part.undecidedMembers)
        adds.append(part.enteringApart)
        unchanged += part.unchanged
        becameMembers += part.becameMembers
        waiting.append(part.waiting)
        refused.append(part.refused)
        held.append(part.held)
        departures += part.undecided
    }
}

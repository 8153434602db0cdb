import HooklineCore

/// What came of one part of a draft whose addresses were too many for memory.
struct DecidedPart: Sendable {
    /// Whom it adds and removes, in the order of their hashes, but for those who go apart.
    let entering: AddressList
    let leaving: AddressList
    /// Those who go apart.
    let enteringApart: AddressList
    let leavingApart: AddressList
    let forgotten: [SubscriberHash]
    let membersBefore: Int
    let membersLeaving: Int
    let unchanged: Int
    let becameMembers: Int
    let waiting: AddressList
    let refused: AddressList
    let held: AddressList
    /// How many depart, without those whose removal Mailchimp has refused.
    let departures: Int
    /// Those, and which of them were members: they may be asked for again later, so they stay in memory.
    let undecided: [SubscriberHash]
    let undecidedMembers: [SubscriberHash]
    /// Rows that enter or stay and that nobody has to look at one by one.
    let kept: Int
    /// The other rows, with others of their blocks, and what each means for the segment.
    let blocks: [(CandidateBlock, [Differ.Meeting?])]

    /// Decides a part.
    ///
    /// - Parameters:
    ///   - number: which of the parts.
    ///   - runs: the rows of all parts.
    ///   - whole: the draft, which has been settled.
    ///   - target: what happens to the segment, with its lists in the order of their hashes.
    ///   - own: the draft's own additions, without those who go apart.
    ///   - ledger: where members are read.
    ///   - removeUnwanted: removes the mark of each row of a block whose address may not enter.
    /// - Throws: the errors of ledger and scratch.
    init(
        _ number: Int, of runs: CandidateRuns, _ whole: SegmentDraft, _ target: SegmentTarget, own: PartedAddresses, _ ledger: any Ledger,
        where removeUnwanted: (inout CandidateBlock) -> Void
    ) throws {
        let range = runs.range(of: number)
        var part = try SegmentDraft(part: range, rows: runs.rows(of: number), of: whole, ledger: ledger)
        var (kept, blocks) = (0, [(CandidateBlock, [Differ.Meeting?])]())
        try runs.forEachBlock(of: number) { block in
            var (block, meetings) = (block, [Differ.Meeting?](repeating: nil, count: block.numbers.count))
            removeUnwanted(&block)
            part.meet(block.isWanted, of: block.addresses, into: &meetings)
            let isPlain = meetings.allSatisfy { if case .entering = $0 { true } else if case .staying = $0 { true } else { false } }
            if isPlain { kept += meetings.count } else { blocks.append((block, meetings)) }
        }
        (self.kept, self.blocks) = (kept, blocks)
        try part.settle(target.part(within: range).filtered { !whole.differ.knows($0) }, ledger)
        let plan = try part.finish(target, ledger, isMet: part.hasMet)
        let apart = Set(plan.apart ?? [])
        let (adds, removes) = (plan.adds.rest, plan.removes.rest.inHashOrder())
        var entering = own[part: number]
        if apart.isEmpty { entering.append(adds) } else { entering.append(adds.filtered { !apart.contains($0) }) }
        self.entering = entering.inHashOrder()
        leaving = apart.isEmpty ? removes : removes.filtered { !apart.contains($0) }
        enteringApart = apart.isEmpty ? AddressList() : adds.filtered(apart.contains)
        leavingApart = apart.isEmpty ? AddressList() : removes.filtered(apart.contains)
        (forgotten, membersBefore, membersLeaving) = (plan.forgotten, plan.membersBefore, plan.leaving)
        (unchanged, becameMembers) = (part.unchanged, part.becameMembers)
        (waiting, refused, held) = (part.waiting, part.refused, part.held)
        let unremovable = Set(part.held.hashes)
        undecided = unremovable.isEmpty ? [] : part.departures.filter(unremovable.contains)
        undecidedMembers = undecided.filter(part.differ.wasMember)
        departures = part.departures.count - undecided.count
    }
}

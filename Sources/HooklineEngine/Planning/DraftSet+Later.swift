import HooklineCore

/// Rows that are left for later, because there are too many addresses for memory.
///
/// Only those whose address is not in memory already are, and they wait on disk, in parts by the first bits of their hashes. After the last
/// row, one part after another is met as if it were a run of its own, with its share of the ledger.
extension DraftSet {
    /// Begins to leave rows for later if so many more would be too much for memory.
    ///
    /// - Throws: the scratch's errors.
    mutating func makeRoom(for rows: Int) throws {
        guard deferred == nil, let spilling else { return }
        guard drafts[0].defersMembers || drafts[0].differ.count + rows > spilling.threshold else { return }
        deferred = CandidateRuns(keyColumn: keyColumn?.column, in: try spilling.scratch())
        drafts[0].deferUnknown()
    }

    /// Whether a row with this address is left for later.
    func leavesForLater(_ hash: SubscriberHash) -> Bool { deferred != nil && !drafts[0].differ.knows(hash) }

    /// Keeps the rows of a batch that are left for later.
    ///
    /// - Throws: the scratch's errors.
    func keep(_ meetings: [Differ.Meeting?], of batch: RecordBatch, _ addresses: RowAddresses) throws {
        try deferred?.append(meetings, of: batch, addresses, key: keyColumn?.index)
    }

    /// Meets the rows that were left for later, after the last row, and settles the draft.
    ///
    /// - Parameters:
    ///   - clock: may stop the run.
    ///   - removeUnwanted: removes the mark of each row of a block whose address may not enter.
    ///   - didMeet: receives the rows of a block, and what each means for the segment.
    /// - Throws: the errors of ledger and scratch, and what `RunClock.check` throws.
    mutating func meetLater(
        _ clock: RunClock, where removeUnwanted: (inout CandidateRuns.Block) -> Void,
        _ didMeet: (CandidateRuns.Block, [Differ.Meeting?]) throws -> Void
    ) throws {
        guard let deferred, let target, let spilling else { return }
        try deferred.seal()
        try drafts[0].settle(target, ledger)
        var parts = DraftParts(in: try spilling.scratch())
        // Those who go apart stay in memory.
        let refusals = refusals
        let own = drafts[0].adds.filtered { !refusals.failsCalls($0) }.inHashOrder()
        drafts[0].adds = drafts[0].adds.filtered { refusals.failsCalls($0) }
        let ordered = target.inHashOrder
        var meetings: [Differ.Meeting?] = []
        for number in 0..<deferred.count {
            try clock.check()
            let range = deferred.range(of: number)
            var part = try SegmentDraft(part: range, rows: deferred.rows(of: number), of: drafts[0], ledger: ledger)
            try deferred.forEachBlock(of: number) { block in
                meetings.removeAll(keepingCapacity: true)
                meetings.append(contentsOf: repeatElement(nil, count: block.numbers.count))
                var block = block
                removeUnwanted(&block)
                part.meet(block.isWanted, of: block.addresses, into: &meetings)
                try didMeet(block, meetings)
            }
            let whole = drafts[0].differ
            try part.settle(ordered.part(within: range).filtered { !whole.knows($0) }, ledger)
            try drafts[0].take(part, own: own.part(within: range), into: &parts, ledger)
        }
        drafts[0].parts = parts
    }
}

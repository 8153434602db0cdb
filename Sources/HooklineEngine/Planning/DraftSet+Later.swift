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
        let count = drafts[0].differ.count + rows
        guard drafts[0].defersMembers || count > spilling.threshold else {
            if !hasReserved, count > spilling.threshold / 16 {
                hasReserved = true
                drafts[0].reserve(spilling.threshold)
            }
            return
        }
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
    ///   - threads: how many threads decide parts.
    ///   - removeUnwanted: removes the mark of each row of a block whose address may not enter; on any thread.
    ///   - didDecide: receives each part, in their order.
    /// - Throws: the errors of ledger and scratch, and what `RunClock.check` throws.
    mutating func meetLater(
        _ clock: RunClock, threads: Int, where removeUnwanted: @escaping @Sendable (inout CandidateBlock) -> Void,
        _ didDecide: (DecidedPart) -> Void
    ) throws {
        guard let deferred, let target, let spilling else { return }
        try deferred.seal()
        try drafts[0].settle(target, ledger)
        var parts = DraftParts(in: try spilling.scratch())
        // Those who go apart stay in memory.
        var own = drafts[0].adds
        drafts[0].adds = AddressList()
        if !refusals.isEmpty {
            drafts[0].adds = own.filtered(refusals.failsCalls)
            own = own.filtered { [refusals] in !refusals.failsCalls($0) }
        }
        let parted = PartedAddresses(own, parts: deferred.count, part: deferred.part)
        let (whole, ordered, ledger) = (drafts[0], target.inHashOrder, ledger)
        let decided = ComputedAhead(deferred.count, threads: threads) { number in
            try DecidedPart(number, of: deferred, whole, ordered, own: parted, ledger, where: removeUnwanted)
        }
        defer { decided.end() }
        for _ in 0..<deferred.count {
            try clock.check()
            let part = try decided.collect()
            didDecide(part)
            try drafts[0].take(part, into: &parts)
        }
        drafts[0].parts = parts
    }
}

import GRDB
import GRDBSQLite
import HooklineCore

extension SQLiteLedger {
    /// Passes each hash of a segment that is in a range to `body`, in hash order and in one snapshot, with one row in memory at a time.
    ///
    /// `body` must not call the ledger: GRDB treats a nested access as a programming error and ends the process.
    ///
    /// - Throws: `StoreError`, and whatever `body` throws, which ends the iteration.
    package func forEachMember(
        of segment: LedgerSegment, within range: ClosedRange<SubscriberHash>, _ body: (SubscriberHash, MemberState) throws -> Void
    ) throws {
        try read { database in
            // Without bounds that mean nothing: what is no hash at all, in a damaged ledger, must be met in one of the ranges.
            let (low, high) = (range.lowerBound == .first ? "" : " AND hash >= ?2", range.upperBound == .last ? "" : " AND hash <= ?3")
            let statement = try MemberStatement(
                database, sql: "SELECT hash, state FROM members WHERE segment = ?1\(low)\(high) ORDER BY hash")
            defer { statement.reset() }
            statement.bind(segment.id, at: 1)
            try statement.withHash(low.isEmpty ? nil : range.lowerBound, at: 2) {
                try statement.withHash(high.isEmpty ? nil : range.upperBound, at: 3) {
                    while try statement.step() {
                        guard let hash = statement.hash(at: 0), let state = statement.state(at: 1) else {
                            throw corrupt("a member's row has no valid hash, or an unknown state")
                        }
                        try body(hash, state)
                    }
                }
            }
        }
    }

    /// The addresses of some of a segment's hashes, in the order of `hashes`; fastest in hash order.
    ///
    /// - Throws: `StoreError`.
    package func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList {
        try read { database in
            let statement = try MemberStatement(database, sql: "SELECT address FROM members WHERE segment = ?1 AND hash = ?2")
            defer { statement.reset() }
            statement.bind(segment.id, at: 1)
            var found = AddressList()
            for hash in hashes {
                try statement.withHash(hash, at: 2) {
                    if try statement.step() { statement.withText(at: 0) { found.append($0, hash) } }
                }
            }
            return found
        }
    }

    package func willChange(_ segment: LedgerSegment, adding: AddressList, removing: AddressList, run: String) throws {
        try edit(segment, run: run) { members, _ in
            try members.put(adding, as: .adding)
            try members.put(removing, as: .removing)
        }
    }

    package func didChange(_ segment: LedgerSegment, _ receipt: Receipt, run: String, now: Int64) throws {
        try edit(segment, run: run) { members, number in
            if let number {
                let changes = try ChangeEditor(members.database, segment: segment.id, run: number)
                defer { changes.reset() }
                try changes.note(receipt)
            }
            let before = try Int.fetchOne(
                members.database.cachedStatement(sql: "SELECT members - adding FROM segments WHERE id = ?"), arguments: [segment.id])
            try members.put(receipt.members, as: .member)
            try members.remove(receipt.gone)
            try members.put(receipt.notContacts, as: .notAContact)
            for refusal in receipt.rejected { try members.put(refusal.hash, refusal.address, as: .rejected, reason: refusal.reason) }
            // Still in the segment, for all that is known.
            for refusal in receipt.unremovable { try members.put(refusal.hash, refusal.address, as: .removing, reason: refusal.reason) }
            let refusals = RefusalEditor(members.database, segment: segment.id)
            try refusals.note(receipt, now: now)
            try refusals.delete(receipt.members.hashes + receipt.gone + receipt.notContacts.hashes)
            let note = try members.database.cachedStatement(
                sql: """
                    INSERT INTO receipts(run, segment, at, members, gone, not_contacts, rejected, members_before, members_after)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            try note.execute(
                arguments: [
                    run, segment.id, now, receipt.members.count, receipt.gone.count, receipt.notContacts.count, receipt.rejected.count,
                    before, before.map { $0 + members.membersGained - members.addingGained },
                ])
            // Until this run has settled them, there were calls without an answer.
            let doubt = try members.database.cachedStatement(
                sql: "UPDATE segments SET doubted_at = ?1 WHERE id = ?2 AND doubted_at = (SELECT started_at FROM runs WHERE number = ?3)")
            if let number { try doubt.execute(arguments: [now, segment.id, number]) }
            if receipt.members.count + receipt.gone.count > 0 {
                try members.database.execute(sql: "UPDATE segments SET changed_at = ? WHERE id = ?", arguments: [now, segment.id])
            }
        }
    }

    package func takeOver(_ segment: LedgerSegment, members: AddressList) throws {
        try edit(segment, run: nil) { editor, _ in
            try editor.put(members, as: .member)
            try RefusalEditor(editor.database, segment: segment.id).delete(members.hashes, .add)
        }
    }

    package func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws {
        try edit(segment, run: nil) { editor, _ in
            try editor.remove(hashes, where: { !$0.isPossiblyMember })
            try RefusalEditor(editor.database, segment: segment.id).delete(hashes)
        }
    }

    package func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws {
        try edit(segment, run: nil) { editor, _ in
            try editor.database.execute(
                sql: "UPDATE segments SET reconciled_at = ?, known_drift = ? WHERE id = ?", arguments: [time, found.drift, segment.id])
            let refusals = RefusalEditor(editor.database, segment: segment.id)
            if let released = found.released {
                try editor.remove(released)
                try refusals.delete(released)
            }
            guard found.mends else { return }
            try editor.doubt(found.lost)
            try editor.put(found.strangers, as: .member)
            try refusals.delete(found.strangers.hashes, .add)
        }
    }

    package func members(of segment: LedgerSegment, after time: Int64) throws -> ClosedRange<Int>? {
        try read { database in
            let counted = try database.cachedStatement(sql: "SELECT members - adding FROM segments WHERE id = ?")
            guard let now = try Int.fetchOne(counted, arguments: [segment.id]) else { throw unknown(segment) }
            var range = now...now
            // Newest first, and no further back than needed: a busy segment has many.
            let receipts = try Row.fetchCursor(
                database, sql: "SELECT at, members_before, members_after FROM receipts WHERE segment = ? ORDER BY number DESC",
                arguments: [segment.id])
            while let receipt = try receipts.next(), receipt["at"] > time {
                guard let before = receipt["members_before"] as Int?, let after = receipt["members_after"] as Int? else { return nil }
                range = min(range.lowerBound, before, after)...max(range.upperBound, before, after)
            }
            return range
        }
    }

    /// Changes members, and the segment's revision and counts, in one transaction.
    ///
    /// `body` also gets the run's number; nil for a run that never began.
    ///
    /// - Throws: `store.unknown_segment`; `StoreError` when the ledger cannot be written.
    private func edit(_ segment: LedgerSegment, run: String?, _ body: (inout MemberEditor, Int64?) throws -> Void) throws {
        try write { database in
            // Comes first, so that nothing is written for a segment that does not exist.
            try change(segment, "members = members", [], in: database)
            let number = try run.flatMap { try Int64.fetchOne(database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [$0]) }
            var editor = try MemberEditor(database, segment: segment.id, run: number)
            defer { editor.reset() }
            try body(&editor, number)
            let recount = try database.cachedStatement(
                sql: """
                    UPDATE segments SET members = members + ?, waiting = waiting + ?, adding = adding + ?, removing = removing + ?
                    WHERE id = ?
                    """)
            try recount.execute(
                arguments: [editor.membersGained, editor.waitingGained, editor.addingGained, editor.removingGained, segment.id])
        }
    }
}

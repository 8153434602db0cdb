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
            var intended = try IntentOverlay(database, segment: segment.id).states().filter { range.contains($0.hash) }[...]
            try statement.withHash(low.isEmpty ? nil : range.lowerBound, at: 2) {
                try statement.withHash(high.isEmpty ? nil : range.upperBound, at: 3) {
                    while try statement.step() {
                        guard let hash = statement.hash(at: 0), let state = statement.state(at: 1) else {
                            throw corrupt("a member's row has no valid hash, or an unknown state")
                        }
                        while let next = intended.first, next.hash < hash {
                            try body(next.hash, next.state)
                            intended.removeFirst()
                        }
                        if let next = intended.first, next.hash == hash {
                            try body(hash, next.state)
                            intended.removeFirst()
                        } else {
                            try body(hash, state)
                        }
                    }
                }
            }
            for next in intended { try body(next.hash, next.state) }
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
            let intended = try IntentOverlay(database, segment: segment.id)
            var found = AddressList()
            for hash in hashes {
                if let intent = intended.find(hash) {
                    found.append(intent.address.utf8, hash)
                    continue
                }
                try statement.withHash(hash, at: 2) {
                    if try statement.step() { statement.withText(at: 0) { found.append($0, hash) } }
                }
            }
            return found
        }
    }

    package func record(_ notes: [CallNote], run: String, now: Int64) throws {
        try write { database in
            let number = try number(of: run, in: database)
            for note in notes {
                switch note {
                case .willChange(let segment, let adding, let removing):
                    try intend(segment, adding: adding, removing: removing, run: number, in: database)
                case .didChange(let segment, let receipt):
                    try settle(segment, receipt, run: (run, number), now: now, in: database)
                }
            }
        }
    }

    package func takeOver(_ segment: LedgerSegment, members: AddressList) throws {
        try edit(segment) { editor in
            try editor.put(members, as: .member)
            try RefusalEditor(editor.database, segment: segment.id).delete(members.hashes, .add)
        }
    }

    package func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws {
        try edit(segment) { editor in
            try editor.remove(hashes, where: { !$0.isPossiblyMember })
            try RefusalEditor(editor.database, segment: segment.id).delete(hashes)
        }
    }

    package func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws {
        try edit(segment) { editor in
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

    /// Changes members otherwise than by calls, and the segment's revision and counts, in one transaction.
    ///
    /// - Throws: `store.unknown_segment`; `StoreError` when the ledger cannot be written.
    private func edit(_ segment: LedgerSegment, _ body: (inout MemberEditor) throws -> Void) throws {
        try write { database in
            try IntentEditor(database: database, segment: segment.id).fold()
            var editor = try MemberEditor(database, segment: segment.id, run: nil)
            defer { editor.reset() }
            try body(&editor)
            try recount(segment, editor, in: database)
        }
    }

    /// Changes a segment's counts by what an editor has changed, and increments its revision.
    ///
    /// - Throws: `store.unknown_segment`, so that nothing is written for a segment that does not exist; `DatabaseError`.
    func recount(_ segment: LedgerSegment, _ editor: MemberEditor, in database: Database) throws {
        try change(
            segment, "members = members + ?, waiting = waiting + ?, adding = adding + ?, removing = removing + ?",
            [editor.membersGained, editor.waitingGained, editor.addingGained, editor.removingGained], in: database)
    }

    /// The number of a run; nil if it never began.
    private func number(of run: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?"), arguments: [run])
    }
}

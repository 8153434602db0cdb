import GRDB
import HooklineCore

/// Intents of calls, and answers to them.
extension SQLiteLedger {
    /// Records what a call is about to do: in one row, or in a row for each address if the lists are not in order, or an open call has one of
    /// them.
    ///
    /// - Throws: `store.unknown_segment`; `DatabaseError`; `Damage`.
    func intend(
        _ segment: LedgerSegment, adding: AddressList, removing: AddressList, run: Int64?, in database: Database
    ) throws {
        let intents = IntentEditor(database: database, segment: segment.id)
        let (adds, removes) = (adding.sorted, removing.sorted)
        let fits = adds.fits && removes.fits && !adds.hashes.intersects(removes.hashes)
        // The answer to that other call may come before this one's.
        let isApart = try fits && !intents.isAbout(adds.hashes, removes.hashes)
        if !isApart { try intents.fold() }
        var editor = try MemberEditor(database, segment: segment.id, run: run)
        defer { editor.reset() }
        if fits {
            try editor.intend(adds, as: .adding)
            try editor.intend(removes, as: .removing)
            if !adds.isEmpty || !removes.isEmpty {
                try intents.insert(
                    adds: adds, removes: removes, run: run,
                    (editor.membersGained, editor.waitingGained, editor.addingGained, editor.removingGained))
            }
        } else {
            try editor.put(adding, as: .adding)
            try editor.put(removing, as: .removing)
        }
        try recount(segment, editor, in: database)
    }

    /// Records an answer with its effect.
    ///
    /// - Throws: `store.unknown_segment`; `DatabaseError`; `Damage`.
    func settle(_ segment: LedgerSegment, _ receipt: Receipt, run: (id: String, number: Int64?), now: Int64, in database: Database) throws {
        let counted = try database.cachedStatement(sql: "SELECT members - adding FROM segments WHERE id = ?")
        guard let before = try Int.fetchOne(counted, arguments: [segment.id]) else { throw unknown(segment) }
        let intents = IntentEditor(database: database, segment: segment.id)
        let removes = try intents.take(receipt)
        // The answer to a part of a call, or to none that is open: rows say what was intended.
        if removes == nil { try intents.fold() }
        if let number = run.number {
            let changes = try ChangeEditor(database, segment: segment.id, run: number)
            defer { changes.reset() }
            try changes.note(receipt, removes: removes)
        }
        var editor = try MemberEditor(database, segment: segment.id, run: run.number)
        defer { editor.reset() }
        try editor.settle(receipt, hadIntent: removes != nil)
        let refusals = RefusalEditor(database, segment: segment.id)
        try refusals.note(receipt, now: now)
        try refusals.delete(receipt.members.hashes + receipt.gone + receipt.notContacts.hashes)
        let note = try database.cachedStatement(
            sql: """
                INSERT INTO receipts(run, segment, at, members, gone, not_contacts, rejected, members_before, members_after)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try note.execute(
            arguments: [
                run.id, segment.id, now, receipt.members.count, receipt.gone.count, receipt.notContacts.count, receipt.rejected.count,
                before, before + editor.membersGained - editor.addingGained,
            ])
        // Until this run has settled them, there were calls without an answer.
        let doubt = try database.cachedStatement(
            sql: "UPDATE segments SET doubted_at = ?1 WHERE id = ?2 AND doubted_at = (SELECT started_at FROM runs WHERE number = ?3)")
        if let number = run.number { try doubt.execute(arguments: [now, segment.id, number]) }
        if receipt.members.count + receipt.gone.count > 0 {
            try database.cachedStatement(sql: "UPDATE segments SET changed_at = ? WHERE id = ?").execute(arguments: [now, segment.id])
        }
        try recount(segment, editor, in: database)
    }
}

extension MemberEditor {
    /// Gives the addresses of an answer the states that they have now.
    ///
    /// With `hadIntent`, an open intent had all of them, which says what state they had.
    ///
    /// - Throws: `DatabaseError`.
    fileprivate mutating func settle(_ receipt: Receipt, hadIntent: Bool) throws {
        let (adding, removing): (MemberState?, MemberState?) = hadIntent ? (.adding, .removing) : (nil, nil)
        try put(receipt.members, as: .member, since: adding)
        try remove(receipt.gone, since: removing)
        try put(receipt.notContacts, as: .notAContact, since: adding)
        for refusal in receipt.rejected {
            try put(refusal.hash, refusal.address, as: .rejected, reason: refusal.reason, since: adding)
        }
        // Still in the segment, for all that is known.
        for refusal in receipt.unremovable {
            try put(refusal.hash, refusal.address, as: .removing, reason: refusal.reason, since: removing)
        }
    }
}

extension AddressList {
    /// The list in hash order, in which it usually is already.
    fileprivate var sorted: AddressList { isInHashOrder ? self : inHashOrder() }

    /// Whether an intent can hold the list: no hash comes twice, and every address fits into a blob.
    fileprivate var fits: Bool {
        guard isInHashOrder else { return false }
        var longest = 0
        forEachUTF8 { longest = max(longest, $1.count) }
        return longest <= PackedWriter.longestText
    }
}

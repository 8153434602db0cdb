import GRDB
import HooklineCore

/// Changes of the ledger alone, which change nothing at Mailchimp.
extension SQLiteLedger {
    package func rename(_ activation: String, to name: String, _ record: RunReport) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE segments SET activation = ?, revision = revision + 1 WHERE activation = ?", arguments: [name, activation])
            // Reports take the activation's name from this column.
            try database.execute(sql: "UPDATE runs SET activation = ? WHERE activation = ?", arguments: [name, activation])
            try database.execute(sql: "UPDATE OR REPLACE untold SET activation = ? WHERE activation = ?", arguments: [name, activation])
            try Self.insert(record, in: database)
        }
    }

    package func forget(_ segments: [LedgerSegment], _ record: RunReport) throws {
        try write { database in
            for segment in segments { try delete(segment, in: database) }
            if try self.segments(of: record.activation, in: database).isEmpty {
                try Self.deleteRows(ofRunsWhere: "activation = ?", [record.activation], in: database)
            }
            try Self.insert(record, in: database)
        }
    }

    package func takeIn(_ key: SegmentKey, mailchimpID: Int, name: String, members: AddressList, now: Int64, _ record: RunReport) throws {
        try write { database in
            try refuseTaken(mailchimpID, for: key, in: database)
            if let known = try segment(key, in: database) { try delete(known, in: database) }
            try database.execute(
                sql: """
                    INSERT INTO segments(endpoint, audience, activation, label, mailchimp_id, name, phase, phase_since, revision, members)
                    VALUES (?, ?, ?, ?, ?, ?, 'live', ?, 1, ?)
                    """,
                arguments: [key.endpoint, key.audience, key.activation, key.label, mailchimpID, name, now, members.count])
            var editor = try MemberEditor(database, segment: database.lastInsertedRowID, run: nil)
            defer { editor.reset() }
            try editor.put(members, as: .member)
            try Self.insert(record, in: database)
        }
    }

    /// Deletes a segment with its members, receipts, refusals, and changes.
    ///
    /// - Throws: `store.unknown_segment`; `DatabaseError`.
    func delete(_ segment: LedgerSegment, in database: Database) throws {
        // This also deletes the segment's receipts.
        try database.execute(sql: "DELETE FROM segments WHERE id = ?", arguments: [segment.id])
        guard database.changesCount == 1 else { throw unknown(segment) }
        // SQLite may reuse the ID for another segment.
        for table in ["members", "intents", "refusals", "changes", "change_packs"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE segment = ?", arguments: [segment.id])
        }
    }
}

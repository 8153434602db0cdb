import GRDB
import HooklineCore

/// Records what a run did to each member of a segment, inside a transaction. Call it before the members' rows change.
struct ChangeEditor {
    private let write: MemberStatement
    private let writeRemoval: MemberStatement

    /// Removed and added back by the same run is no change in the end; removed and then found not to be a contact is a removal.
    private static let join = """
        ON CONFLICT(run, segment, hash) DO UPDATE SET
            change = CASE WHEN change IN (0, 2) AND excluded.change = 1 THEN 0
                          WHEN change IN (0, 2) AND excluded.change IN (3, 4) THEN 2
                          ELSE excluded.change END,
            address = coalesce(excluded.address, address)
        """

    init(_ database: Database, segment: Int64, run: Int64) throws {
        write = try MemberStatement(
            database, sql: "INSERT INTO changes(run, segment, hash, change) VALUES (?1, ?2, ?3, ?4) \(Self.join)")
        writeRemoval = try MemberStatement(
            database,
            sql: """
                INSERT INTO changes(run, segment, hash, change, address)
                SELECT ?1, segment, hash, 2, address FROM members WHERE segment = ?2 AND hash = ?3 AND state IN (1, 2, 3) \(Self.join)
                """)
        for statement in [write, writeRemoval] {
            statement.bind(run, at: 1)
            statement.bind(segment, at: 2)
        }
    }

    /// Releases the statements, which cannot be used afterwards.
    func reset() {
        write.reset()
        writeRemoval.reset()
    }

    /// Records what the answer to one call changed.
    ///
    /// - Throws: `DatabaseError`.
    func note(_ receipt: Receipt) throws {
        try note(receipt.members.hashes, as: .added)
        for hash in receipt.gone {
            try writeRemoval.withHash(hash, at: 3) { _ = try writeRemoval.step() }
        }
        try note(receipt.notContacts.hashes, as: .notAContact)
        try note(receipt.rejected.map(\.hash), as: .rejected)
    }

    private func note(_ hashes: [SubscriberHash], as kind: LedgerChange.Kind) throws {
        write.bind(Int64(kind.rawValue), at: 4)
        for hash in hashes { try write.withHash(hash, at: 3) { _ = try write.step() } }
    }

    /// Records the removal of everybody who may be in the segment.
    ///
    /// - Throws: `DatabaseError`.
    static func noteAllRemoved(_ database: Database, segment: Int64, run: Int64) throws {
        try database.execute(
            sql: """
                INSERT INTO changes(run, segment, hash, change, address)
                SELECT ?1, segment, hash, 2, address FROM members WHERE segment = ?2 AND state IN (1, 2, 3) \(join)
                """, arguments: [run, segment])
    }
}

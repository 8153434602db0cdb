import GRDB
import HooklineCore

/// Records what a run did to each member of a segment, inside a transaction. Call it before the members' rows change.
struct ChangeEditor {
    private let packs: ChangePacks
    private let write: MemberStatement
    private let address: MemberStatement

    /// Removed and added back by the same run is no change in the end; removed and then found not to be a contact is a removal.
    private static let join = """
        ON CONFLICT(run, segment, hash) DO UPDATE SET
            change = CASE WHEN change IN (0, 2) AND excluded.change = 1 THEN 0
                          WHEN change IN (0, 2) AND excluded.change IN (3, 4) THEN 2
                          ELSE excluded.change END,
            address = coalesce(excluded.address, address)
        """

    init(_ database: Database, segment: Int64, run: Int64) throws {
        packs = ChangePacks(database: database, run: run, segment: segment)
        write = try MemberStatement(
            database, sql: "INSERT INTO changes(run, segment, hash, change, address) VALUES (?1, ?2, ?3, ?4, ?5) \(Self.join)")
        address = try MemberStatement(
            database, sql: "SELECT address FROM members WHERE segment = ?1 AND hash = ?2 AND state IN (1, 2, 3)")
        write.bind(run, at: 1)
        write.bind(segment, at: 2)
        address.bind(segment, at: 1)
    }

    /// Releases the statements, which cannot be used afterwards.
    func reset() {
        write.reset()
        address.reset()
    }

    /// Records what the answer to one call changed.
    ///
    /// `removes` are the removals of the call's open intent; nil if it had none, and rows of `members` say who was there.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func note(_ receipt: Receipt, removes: AddressList?) throws {
        var adds = receipt.members.hashes.map { LedgerChange(hash: $0, kind: .added) }
        adds += receipt.notContacts.hashes.map { LedgerChange(hash: $0, kind: .notAContact) }
        adds += receipt.rejected.map { LedgerChange(hash: $0.hash, kind: .rejected) }
        let gone = try receipt.gone.compactMap { hash in
            try addressOf(hash, removes).map { LedgerChange(hash: hash, kind: .removed, address: $0) }
        }
        // In this order, who is added and removed by one answer is removed.
        try note(adds, .adds)
        try note(gone, .removes)
    }

    private func note(_ changes: [LedgerChange], _ half: ChangePack.Half) throws {
        if changes.isEmpty { return }
        if let pack = ChangePack(changes), try packs.hasRoom(for: pack, half) { return try packs.insert(pack, half) }
        let isPacked = try !packs.isEmpty()
        for change in changes {
            if isPacked { try packs.unpack(change.hash) }
            write.bind(Int64(change.kind.rawValue), at: 4)
            try write.withHash(change.hash, at: 3) { try write.withText(change.address, at: 5) { _ = try write.step() } }
        }
    }

    private func addressOf(_ hash: SubscriberHash, _ removes: AddressList?) throws -> String? {
        if let removes { return removes.hashes.index(of: hash).map { removes[$0] } }
        return try address.withHash(hash, at: 2) { try address.step() ? address.text(at: 0) : nil }
    }

    /// Records the removal of everybody who may be in the segment, as rows of `members` say.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    static func noteAllRemoved(_ database: Database, segment: Int64, run: Int64) throws {
        try ChangePacks(database: database, run: run, segment: segment).unpackAll()
        try database.execute(
            sql: """
                INSERT INTO changes(run, segment, hash, change, address)
                SELECT ?1, segment, hash, 2, address FROM members WHERE segment = ?2 AND state IN (1, 2, 3) \(join)
                """, arguments: [run, segment])
    }
}

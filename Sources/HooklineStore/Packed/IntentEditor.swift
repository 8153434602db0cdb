import GRDB
import HooklineCore

/// Writes and reads the open intents of one segment, inside a transaction.
///
/// No address is in two open intents of a segment, and no row of `members` changes while an open intent has its address: who changes rows
/// otherwise than by the answer to that very intent folds the intents into rows first.
struct IntentEditor {
    let database: Database
    let segment: Int64

    /// How counts of the segment change by an intent.
    typealias Gains = (members: Int, waiting: Int, adding: Int, removing: Int)

    /// All open intents, oldest first.
    ///
    /// - Throws: `DatabaseError`; `Damage` for a row that cannot be read.
    func all() throws -> [OpenIntent] { try intents(where: "1", []) }

    /// Whether there is any.
    ///
    /// - Throws: `DatabaseError`.
    func isEmpty() throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM intents WHERE segment = ? LIMIT 1")
        return try Int.fetchOne(statement, arguments: [segment]) == nil
    }

    /// Notes an intent. Both lists must be in hash order, without a hash in common with each other or with an open intent.
    ///
    /// - Throws: `DatabaseError`.
    func insert(adds: AddressList, removes: AddressList, run: Int64?, _ gains: Gains) throws {
        let write = try MemberStatement(
            database,
            sql: """
                INSERT INTO intents(segment, run, adds, removes, adds_digest, removes_digest, first_add, last_add, first_remove, last_remove,
                    members_gained, waiting_gained, adding_gained, removing_gained, body)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                """)
        defer { write.reset() }
        let numbers = [
            segment, run, Int64(adds.count), Int64(removes.count), OpenIntent.digest(adds.hashes), OpenIntent.digest(removes.hashes),
        ]
        for (index, number) in zip(Int32(1)..., numbers) { write.bind(number, at: index) }
        for (index, hash) in zip(Int32(7)..., [adds.hashes.first, adds.hashes.last, removes.hashes.first, removes.hashes.last]) {
            write.bind(copying: hash, at: index)
        }
        for (index, gained) in zip(Int32(11)..., [gains.members, gains.waiting, gains.adding, gains.removing]) {
            write.bind(Int64(gained), at: index)
        }
        try OpenIntent.body(adds: adds, removes: removes).withUnsafeBytes {
            write.bind(blob: $0, at: 15)
            _ = try write.step()
        }
    }

    /// Whether an open intent is about some of these hashes, which are in hash order.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func isAbout(_ adds: [SubscriberHash], _ removes: [SubscriberHash]) throws -> Bool {
        for hashes in [adds, removes] {
            guard let first = hashes.first, let last = hashes.last else { continue }
            let near = try intents(
                where: "((first_add <= ?3 AND last_add >= ?2) OR (first_remove <= ?3 AND last_remove >= ?2))", [first, last])
            if near.contains(where: { $0.adds.hashes.intersects(hashes) || $0.removes.hashes.intersects(hashes) }) { return true }
        }
        return false
    }

    /// Deletes the intent whose every addition and removal a receipt settles, and returns its removals; nil if there is none.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func take(_ receipt: Receipt) throws -> AddressList? {
        let adds = receipt.members.hashes + receipt.notContacts.hashes + receipt.rejected.map(\.hash)
        let removes = receipt.gone + receipt.unremovable.map(\.hash)
        let statement = try database.cachedStatement(
            sql: """
                SELECT number FROM intents
                WHERE segment = ? AND adds = ? AND removes = ? AND adds_digest = ? AND removes_digest = ? LIMIT 1
                """)
        let found = try Int64.fetchOne(
            statement, arguments: [segment, adds.count, removes.count, OpenIntent.digest(adds), OpenIntent.digest(removes)])
        guard let number = found else { return nil }
        let intent = removes.isEmpty ? nil : try intents(where: "number = \(number)", []).first
        try database.cachedStatement(sql: "DELETE FROM intents WHERE number = ?").execute(arguments: [number])
        return intent?.removes ?? AddressList()
    }

    /// Moves all intents into rows of `members`. The counts of the segment stay.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func fold() throws {
        if try isEmpty() { return }
        for intent in try all() {
            // What it counts is counted already.
            var rows = try MemberEditor(database, segment: segment, run: intent.run)
            defer { rows.reset() }
            try rows.put(intent.adds, as: .adding)
            try rows.put(intent.removes, as: .removing)
        }
        try database.execute(sql: "DELETE FROM intents WHERE segment = ?", arguments: [segment])
    }

    private func intents(where condition: String, _ hashes: [SubscriberHash]) throws -> [OpenIntent] {
        let statement = try MemberStatement(
            database, sql: "SELECT number, run, adds, removes, body FROM intents WHERE segment = ?1 AND \(condition) ORDER BY number")
        defer { statement.reset() }
        statement.bind(segment, at: 1)
        for (index, hash) in zip(Int32(2)..., hashes) { statement.bind(copying: hash, at: index) }
        var found: [OpenIntent] = []
        while try statement.step() {
            let run = statement.isNull(at: 1) ? nil : statement.number(at: 1)
            let intent = statement.withBlob(at: 4) {
                OpenIntent(
                    number: statement.number(at: 0), run: run, addCount: Int(statement.number(at: 2)),
                    removeCount: Int(statement.number(at: 3)), body: $0)
            }
            guard let intent else { throw Damage.intent }
            found.append(intent)
        }
        return found
    }
}

/// A blob that no Hookline writes.
enum Damage: Error {
    case intent
    case change

    /// What it is, as part of a message.
    var words: String {
        switch self {
        case .intent: "the intent of a call cannot be read"
        case .change: "the changes of a call cannot be read"
        }
    }
}

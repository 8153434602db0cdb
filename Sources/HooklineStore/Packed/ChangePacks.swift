import GRDB
import HooklineCore

/// The packed changes of one run in one segment.
///
/// An address of a run and segment is in one pack, or in a row of `changes`, never in both and never twice.
struct ChangePacks {
    let database: Database
    let run: Int64
    let segment: Int64

    /// Whether there is any.
    ///
    /// - Throws: `DatabaseError`.
    func isEmpty() throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM change_packs WHERE run = ? AND segment = ? LIMIT 1")
        return try Int.fetchOne(statement, arguments: [run, segment]) == nil
    }

    /// Whether a pack may be inserted: its range is free, and no other pack or row of `changes` is about one of its addresses.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func hasRoom(for pack: ChangePack, _ half: ChangePack.Half) throws -> Bool {
        guard let first = pack.hashes.first, let last = pack.hashes.last else { return false }
        let rows = try MemberStatement(
            database, sql: "SELECT hash FROM changes WHERE run = ?1 AND segment = ?2 AND hash BETWEEN ?3 AND ?4 ORDER BY hash")
        defer { rows.reset() }
        rows.bind(run, at: 1)
        rows.bind(segment, at: 2)
        rows.bind(copying: first, at: 3)
        rows.bind(copying: last, at: 4)
        while try rows.step() {
            if let hash = rows.hash(at: 0), pack.hashes.index(of: hash) != nil { return false }
        }
        for other in ChangePack.Half.allCases {
            // From the last pack that begins in the range, or before it, to the first that ends before it.
            let near = try select(other, "AND first <= ?3 ORDER BY first DESC")
            defer { near.reset() }
            near.bind(copying: last, at: 3)
            while try near.step(), let end = near.hash(at: 2), end >= first {
                if other == half { return false }
                if try Self.pack(near).hashes.intersects(pack.hashes) { return false }
            }
        }
        return true
    }

    /// Inserts a pack that there is room for.
    ///
    /// - Throws: `DatabaseError`.
    func insert(_ pack: ChangePack, _ half: ChangePack.Half) throws {
        let write = try MemberStatement(
            database, sql: "INSERT INTO change_packs(run, segment, half, first, last, changes, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        defer { write.reset() }
        write.bind(run, at: 1)
        write.bind(segment, at: 2)
        write.bind(half.rawValue, at: 3)
        write.bind(copying: pack.hashes.first, at: 4)
        write.bind(copying: pack.hashes.last, at: 5)
        write.bind(Int64(pack.hashes.count), at: 6)
        try pack.body.withUnsafeBytes {
            write.bind(blob: $0, at: 7)
            _ = try write.step()
        }
    }

    /// The change of an address; nil if no pack has one.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func find(_ hash: SubscriberHash) throws -> (number: Int64, pack: ChangePack, index: Int)? {
        for half in ChangePack.Half.allCases {
            let near = try select(half, "AND first <= ?3 ORDER BY first DESC LIMIT 1")
            defer { near.reset() }
            near.bind(copying: hash, at: 3)
            guard try near.step(), let end = near.hash(at: 2), end >= hash else { continue }
            let pack = try Self.pack(near)
            if let index = pack.hashes.index(of: hash) { return (near.number(at: 0), pack, index) }
        }
        return nil
    }

    /// Turns the pack that has a change of this address, if there is one, into rows of `changes`.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func unpack(_ hash: SubscriberHash) throws {
        guard let (number, pack, _) = try find(hash) else { return }
        try unpack(pack, number)
    }

    /// Turns all packs into rows of `changes`.
    ///
    /// - Throws: `DatabaseError`; `Damage`.
    func unpackAll() throws {
        for half in ChangePack.Half.allCases {
            while true {
                let first = try select(half, "LIMIT 1")
                defer { first.reset() }
                guard try first.step() else { break }
                let (number, pack) = (first.number(at: 0), try Self.pack(first))
                first.reset()
                try unpack(pack, number)
            }
        }
    }

    /// The packs of a half in hash order, one in memory at a time.
    func cursor(_ half: ChangePack.Half) throws -> Cursor { Cursor(try select(half, "ORDER BY first")) }

    /// Steps through the changes of packs.
    struct Cursor {
        private let statement: MemberStatement
        private var pack: ChangePack?
        private var index = 0

        fileprivate init(_ statement: MemberStatement) { self.statement = statement }

        /// Ends the execution.
        func reset() { statement.reset() }

        /// The next change; nil after the last.
        ///
        /// - Throws: `DatabaseError`; `Damage`.
        mutating func next() throws -> LedgerChange? {
            while pack.map({ index == $0.hashes.count }) ?? true {
                guard try statement.step() else { return nil }
                pack = try ChangePacks.pack(statement)
                index = 0
            }
            defer { index += 1 }
            return pack?[index]
        }
    }

    /// The packs of a half that meet a condition: number, number of changes, last hash, and blob. Each half and condition has a statement of
    /// its own.
    private func select(_ half: ChangePack.Half, _ condition: String) throws -> MemberStatement {
        let statement = try MemberStatement(
            database,
            sql: """
                SELECT number, changes, last, body FROM change_packs
                WHERE run = ?1 AND segment = ?2 AND half = \(half.rawValue) \(condition)
                """)
        statement.bind(run, at: 1)
        statement.bind(segment, at: 2)
        return statement
    }

    fileprivate static func pack(_ row: MemberStatement) throws -> ChangePack {
        let pack = row.withBlob(at: 3) { ChangePack(count: Int(row.number(at: 1)), body: $0) }
        guard let pack else { throw Damage.change }
        return pack
    }

    private func unpack(_ pack: ChangePack, _ number: Int64) throws {
        let write = try database.cachedStatement(
            sql: "INSERT INTO changes(run, segment, hash, change, address) VALUES (?, ?, ?, ?, ?)")
        for index in pack.hashes.indices {
            let change = pack[index]
            try write.execute(arguments: [run, segment, change.hash.bytes, change.kind.rawValue, change.address])
        }
        try database.cachedStatement(sql: "DELETE FROM change_packs WHERE number = ?").execute(arguments: [number])
    }
}

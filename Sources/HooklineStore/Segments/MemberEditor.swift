import GRDB
import HooklineCore

/// Writes and deletes members of one segment inside a transaction, and counts the difference.
///
/// Rows are written in hash order, which is their order on disk: a million in random order take ten times as long.
struct MemberEditor {
    let database: Database
    /// How many rows more than before are or may be members; negative if there are fewer.
    private(set) var membersGained = 0
    /// How many more of these are additions, and removals, without an answer.
    private(set) var (addingGained, removingGained) = (0, 0)
    /// How many rows more than before are waiting; negative if there are fewer.
    private(set) var waitingGained = 0

    private let lookUp: MemberStatement
    private let scan: MemberStatement
    private let write: MemberStatement
    private let delete: MemberStatement
    private let doubt: MemberStatement

    init(_ database: Database, segment: Int64, run: Int64?) throws {
        self.database = database
        lookUp = try MemberStatement(database, sql: "SELECT state FROM members WHERE segment = ?1 AND hash = ?2")
        scan = try MemberStatement(
            database, sql: "SELECT hash, state FROM members WHERE segment = ?1 AND hash BETWEEN ?2 AND ?3 ORDER BY hash")
        write = try MemberStatement(
            database,
            sql: """
                INSERT INTO members(segment, hash, address, state, reason, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT(segment, hash) DO UPDATE
                SET address = excluded.address, state = excluded.state, reason = excluded.reason, run = excluded.run
                """)
        delete = try MemberStatement(database, sql: "DELETE FROM members WHERE segment = ?1 AND hash = ?2")
        doubt = try MemberStatement(
            database,
            sql: "UPDATE members SET state = \(MemberState.adding.rawValue) WHERE segment = ?1 AND hash = ?2 AND state IN (1, 2, 3)")
        for statement in [lookUp, scan, write, delete, doubt] { statement.bind(segment, at: 1) }
        write.bind(run, at: 6)
    }

    /// Releases the statements, which cannot be used afterwards.
    func reset() {
        for statement in [lookUp, scan, write, delete, doubt] { statement.reset() }
    }

    /// Gives addresses that state, and removes their reasons.
    ///
    /// `before` is the state of all of them by an intent that was answered; nil looks it up.
    ///
    /// - Throws: `DatabaseError`.
    mutating func put(_ addresses: AddressList, as state: MemberState, since before: MemberState? = nil) throws {
        if addresses.isInHashOrder {
            // The most frequent case by far, and the one with a million addresses.
            let hashes = addresses.hashes
            write.bind(Int64(state.rawValue), at: 4)
            write.bind(nil as Int64?, at: 5)
            try addresses.forEachUTF8 { index, address in
                let before = try before ?? self.state(of: hashes[index])
                count(before, -1)
                count(state, 1)
                write.bind(address, at: 3)
                try write.withHash(hashes[index], at: 2) { _ = try write.step() }
            }
        } else {
            for index in Self.hashOrder(addresses.hashes) {
                try put(addresses.hashes[index], addresses[index], as: state, since: before)
            }
        }
    }

    /// Gives one address that state and reason.
    ///
    /// - Throws: `DatabaseError`.
    mutating func put(
        _ hash: SubscriberHash, _ address: String, as state: MemberState, reason: String? = nil, since before: MemberState? = nil
    ) throws {
        var address = address
        count(try before ?? self.state(of: hash), -1)
        write.bind(Int64(state.rawValue), at: 4)
        try write.withHash(hash, at: 2) {
            try write.withText(reason, at: 5) {
                try address.withUTF8 { bytes in
                    write.bind(bytes, at: 3)
                    _ = try write.step()
                }
            }
        }
        count(state, 1)
    }

    /// Counts addresses as having that state without writing them: their intent holds them. They must be in hash order.
    ///
    /// - Throws: `DatabaseError`.
    mutating func intend(_ addresses: AddressList, as state: MemberState) throws {
        let hashes = addresses.hashes
        guard let first = hashes.first, let last = hashes.last else { return }
        scan.bind(copying: first, at: 2)
        scan.bind(copying: last, at: 3)
        defer { scan.end() }
        // In a first load there is nothing between the first and the last; in a large segment with few changes, too much.
        var (next, rows) = (0, 0)
        while next < hashes.count, rows <= 2 * hashes.count {
            guard try scan.step() else {
                next = hashes.count
                break
            }
            rows += 1
            guard let found = scan.hash(at: 0) else { continue }
            while next < hashes.count, hashes[next] < found { next += 1 }
            guard next < hashes.count, hashes[next] == found else { continue }
            count(scan.state(at: 1), -1)
            next += 1
        }
        for hash in hashes[next...] { count(try self.state(of: hash), -1) }
        for _ in hashes { count(state, 1) }
    }

    /// Deletes the rows of those hashes whose state meets the condition.
    ///
    /// `known` is the state of all of them by an intent that was answered; nil looks it up.
    ///
    /// - Throws: `DatabaseError`.
    mutating func remove(
        _ hashes: [SubscriberHash], since known: MemberState? = nil, where isWanted: (MemberState) -> Bool = { _ in true }
    ) throws {
        for index in Self.hashOrder(hashes) {
            guard let before = try known ?? state(of: hashes[index]), isWanted(before) else { continue }
            try delete.withHash(hashes[index], at: 2) { _ = try delete.step() }
            count(before, -1)
        }
    }

    /// Marks members as `adding`, since they may not be in the segment anymore.
    ///
    /// - Throws: `DatabaseError`.
    mutating func doubt(_ hashes: [SubscriberHash]) throws {
        for index in Self.hashOrder(hashes) {
            guard let before = try state(of: hashes[index]), before.isPossiblyMember else { continue }
            try doubt.withHash(hashes[index], at: 2) { _ = try doubt.step() }
            count(before, -1)
            count(.adding, 1)
        }
    }

    private func state(of hash: SubscriberHash) throws -> MemberState? {
        try lookUp.withHash(hash, at: 2) { try lookUp.step() ? lookUp.state(at: 0) : nil }
    }

    private mutating func count(_ state: MemberState?, _ change: Int) {
        guard let state else { return }
        if state.isPossiblyMember { membersGained += change } else { waitingGained += change }
        if state == .adding { addingGained += change }
        if state == .removing { removingGained += change }
    }

    /// The indexes of the hashes, in hash order.
    private static func hashOrder(_ hashes: [SubscriberHash]) -> [Int] {
        let indexes = Array(hashes.indices)
        // Most lists are sorted already, and checking costs less than sorting.
        let isSorted = indexes.dropFirst().allSatisfy { hashes[$0 - 1] <= hashes[$0] }
        return isSorted ? indexes : indexes.sorted { hashes[$0] < hashes[$1] }
    }
}

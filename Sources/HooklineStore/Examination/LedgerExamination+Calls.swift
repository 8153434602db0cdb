import GRDB
import HooklineCore

extension SQLiteLedger {
    /// Checks the rows that hold what a whole call is about to do, or did.
    ///
    /// A repair deletes a row that cannot be read. If it was an intent, somebody may be in the segment whom the ledger does not know: the next
    /// run compares the members with those at Mailchimp. The intents that can be read become rows of members.
    func examineCalls(_ repairs: Bool) throws -> LedgerFinding {
        let (intents, changes) = try read { (try Self.unreadableIntents($0), try Self.unreadableChanges($0)) }
        let found = intents.count + changes.count
        if repairs {
            try write { database in
                for number in intents {
                    try database.execute(
                        sql: "UPDATE segments SET reconciled_at = NULL WHERE id = (SELECT segment FROM intents WHERE number = ?)",
                        arguments: [number])
                    try database.execute(sql: "DELETE FROM intents WHERE number = ?", arguments: [number])
                }
                for number in changes { try database.execute(sql: "DELETE FROM change_packs WHERE number = ?", arguments: [number]) }
                let open = try Int64.fetchAll(
                    database, sql: "SELECT DISTINCT segment FROM intents WHERE segment IN (SELECT id FROM segments)")
                for segment in open { try IntentEditor(database: database, segment: segment).fold() }
            }
        }
        if found == 0 { return LedgerFinding("calls", .fine, "what calls are about to do, and what they did, can be read") }
        let what =
            "\(Self.count(intents.count, "intent")) and the changes of \(Self.count(changes.count, "call")) cannot be read"
        guard repairs else {
            return LedgerFinding(
                "calls", .problem,
                "\(what); --repair deletes them, and the next run compares the members with Mailchimp's where an intent was among them")
        }
        return LedgerFinding("calls", .repaired, "\(what), and were deleted")
    }

    private static func unreadableIntents(_ database: Database) throws -> [Int64] {
        let row = try MemberStatement(database, sql: "SELECT number, adds, removes, body FROM intents ORDER BY number")
        defer { row.reset() }
        var found: [Int64] = []
        while try row.step() {
            let intent = row.withBlob(at: 3) {
                OpenIntent(
                    number: row.number(at: 0), run: nil, addCount: Int(row.number(at: 1)), removeCount: Int(row.number(at: 2)), body: $0)
            }
            let isIntact = intent.map { $0.adds.hasHashesOfItsAddresses && $0.removes.hasHashesOfItsAddresses } ?? false
            if !isIntact { found.append(row.number(at: 0)) }
        }
        return found
    }

    private static func unreadableChanges(_ database: Database) throws -> [Int64] {
        let row = try MemberStatement(database, sql: "SELECT number, changes, body FROM change_packs ORDER BY number")
        defer { row.reset() }
        var found: [Int64] = []
        while try row.step() {
            let pack = row.withBlob(at: 2) { ChangePack(count: Int(row.number(at: 1)), body: $0) }
            if pack == nil { found.append(row.number(at: 0)) }
        }
        return found
    }
}

extension AddressList {
    fileprivate var hasHashesOfItsAddresses: Bool {
        (0..<count).allSatisfy { hashes[$0] == SubscriberHash(of: self[$0]) }
    }
}

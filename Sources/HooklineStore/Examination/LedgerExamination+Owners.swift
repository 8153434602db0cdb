import GRDB
import HooklineCore

extension SQLiteLedger {
    /// Looks for segments of Mailchimp that follow several activations or labels, which Hookline refuses today and once did not.
    ///
    /// Nothing can be repaired: which of them is right, only a person knows.
    func examineOwners() throws -> LedgerFinding {
        let rows = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT mailchimp_id, endpoint, audience, activation, label FROM segments
                    WHERE (endpoint, audience, mailchimp_id) IN (
                        SELECT endpoint, audience, mailchimp_id FROM segments WHERE mailchimp_id IS NOT NULL
                        GROUP BY endpoint, audience, mailchimp_id HAVING count(*) > 1)
                    ORDER BY endpoint, audience, mailchimp_id, activation, label
                    """)
        }
        if rows.isEmpty { return LedgerFinding("owners", .fine, "no segment follows two activations") }
        var shared: [(id: Int, place: [String], owners: [String])] = []
        for row in rows {
            let (id, place): (Int, [String]) = (row["mailchimp_id"], [row["endpoint"], row["audience"]])
            let label: String? = row["label"]
            let owner = "'\(row["activation"] as String)'" + (label.map { " (label '\($0)')" } ?? "")
            if let last = shared.last, last.id == id, last.place == place {
                shared[shared.count - 1].owners.append(owner)
            } else {
                shared.append((id, place, [owner]))
            }
        }
        let listed = shared.prefix(10).map { "\($0.id): \($0.owners.joined(separator: ", "))" }.joined(separator: "; ")
        let rest = shared.count > 10 ? "; and \(shared.count - 10) more" : ""
        return LedgerFinding(
            "owners", .problem,
            "\(Self.count(shared.count, "segment")) of Mailchimp \(shared.count == 1 ? "follows" : "follow") several activations or labels, which undo each other's changes (\(listed)\(rest)); keep one, and have the ledger forget the others: hookline state forget NAME, with --label for a label"
        )
    }
}

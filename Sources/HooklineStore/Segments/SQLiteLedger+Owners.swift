import GRDB
import HooklineCore

extension SQLiteLedger {
    /// Refuses a segment of Mailchimp that follows another activation or label. Call it in the transaction that gives `key` the segment.
    ///
    /// - Throws: `SegmentTaken`; `DatabaseError`.
    func refuseTaken(_ mailchimpID: Int, for key: SegmentKey, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                SELECT activation, label FROM segments
                WHERE mailchimp_id = ?1 AND endpoint = ?2 AND audience = ?3 AND NOT (activation = ?4 AND label IS ?5) LIMIT 1
                """)
        guard
            let owner = try Row.fetchOne(
                statement, arguments: [mailchimpID, key.endpoint, key.audience, key.activation, key.label])
        else { return }
        throw SegmentTaken(
            mailchimpID,
            by: SegmentKey(endpoint: key.endpoint, audience: key.audience, activation: owner["activation"], label: owner["label"]))
    }
}

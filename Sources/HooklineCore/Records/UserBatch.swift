/// A batch of users on its way through the hooks: what goes in, and what comes out.
///
/// Several are under way at once. They change hands by swapping, so that no buffer is ever copied.
package struct UserBatch: Sendable {
    package var records: RecordBatch
    /// Per record: 1 for one that the rules picked.
    package var selection: [UInt8] = []
    /// What the hooks decided; filled when the batch comes back.
    package var verdicts = HookVerdicts()

    package init(columns: [Column]) {
        records = RecordBatch(columns: columns)
    }
}

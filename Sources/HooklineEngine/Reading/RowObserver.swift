import HooklineCore

/// Watches what becomes of each row of a run or plan; decides nothing itself.
package protocol RowObserver: AnyObject, Sendable {
    /// Called once, before the first row.
    ///
    /// - Parameters:
    ///   - emailColumn: the column that the mapping names; nil where the source has none.
    ///   - keyColumn: the primary key's column; nil without one.
    func willRead(emailColumn: Int?, keyColumn: Int?)
    /// Called for each row, in the order of the source.
    ///
    /// - Parameters:
    ///   - row: its index in the batch, which must not be kept beyond the call.
    ///   - address: the normalized address of a row that was kept or is a duplicate, as UTF-8; of any other, meaningless.
    ///   - rules: the run's compiled rules.
    func didDecide(_ outcome: RowOutcome, row: Int, of batch: UserBatch, address: [UInt8], rules: RuleEvaluator)
}

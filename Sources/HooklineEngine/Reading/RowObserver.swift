import HooklineCore

/// Watches what becomes of each row of a run or plan, and decides nothing.
package protocol RowObserver: AnyObject, Sendable {
    /// Called once, before the first row.
    ///
    /// - Parameters:
    ///   - emailColumn: the column that the mapping names; nil if the source has none.
    ///   - keyColumn: the primary key's column; nil without one.
    func willRead(emailColumn: Int?, keyColumn: Int?)
    /// Called for each row that the source returns, in its order.
    ///
    /// - Parameters:
    ///   - outcome: what became of it.
    ///   - row: its index in the batch.
    ///   - batch: its batch, which must not be kept beyond the call.
    ///   - address: the normalized address, as UTF-8, if the row was kept or is a duplicate; meaningless otherwise.
    ///   - source: the run's compiled rules.
    func didDecide(_ outcome: RowOutcome, row: Int, of batch: UserBatch, address: [UInt8], source: OpenedSource)
    /// Called once after the last row, if any row did not consent.
    ///
    /// - Parameter addresses: the hashes of the addresses without consent; their kept rows do not enter after all.
    func didRefuse(_ addresses: HashTable)
}

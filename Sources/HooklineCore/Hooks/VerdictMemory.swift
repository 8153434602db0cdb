/// Remembers from run to run what the hooks decided about rows, by digests of the rows' values.
///
/// It is used by one task at a time, in this order: `open`, then for each batch `recall` and `remember`, then `close`.
package protocol VerdictMemory: AnyObject, Sendable {
    /// Begins a run.
    ///
    /// - Parameters:
    ///   - basis: a digest of all that verdicts follow from besides rows: nothing of a run with another basis is used.
    ///   - today: `YYYY-MM-DD` in the activation's time zone.
    ///   - readsAll: why nothing is to be recalled; nil if it may be.
    /// - Returns: the key for digests of rows, and why nothing is recalled in this run; nil if something may be.
    func open(basis: String, today: String, readsAll: String?) -> (key: [UInt8], full: String?)
    /// Finds the numbers of verdicts on rows; -1 for rows that are unknown.
    func recall(_ rows: [RowDigest], into numbers: inout [Int32])
    /// The verdict with a number that `recall` gave.
    func verdict(_ number: Int32) -> RememberedVerdict
    /// The number under which a verdict is remembered; nil if there are too many different ones.
    func number(of verdict: RememberedVerdict) -> Int32?
    /// Remembers the verdicts on rows, by their numbers; rows with -1 are left out.
    func remember(_ rows: [RowDigest], _ numbers: [Int32])
    /// Ends the run.
    ///
    /// - Parameter reason: why the verdicts are not kept for the next run; nil to keep them.
    /// - Returns: why they were not kept, and what somebody should know.
    func close(discardingFor reason: String?) -> (notKept: String?, warnings: [RunWarning])
}

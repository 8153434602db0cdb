/// A batch of users on its way through the hooks.
///
/// Several are in flight at once. They are swapped, so that no buffer is ever copied.
package struct UserBatch: Sendable {
    package var records: RecordBatch
    /// 1 for each record that the rules picked, 0 for others.
    package var selection: [UInt8] = []
    /// 1 for each record that consents, 0 for others; empty if the activation does not ask for consent.
    package var consents: [UInt8] = []
    /// The addresses in the records' own column, if `hasOwnAddresses`.
    package var ownAddresses = RowAddresses()
    /// Whether the addresses were read ahead of the hooks.
    package var hasOwnAddresses = false
    /// The decisions of the hooks, once the batch comes back.
    package var verdicts = HookVerdicts()

    package init(columns: [Column]) {
        records = RecordBatch(columns: columns)
    }

    /// Reads the addresses in a column, which is nil if the records have none.
    package mutating func readOwnAddresses(in column: Int?) {
        ownAddresses.read(records, column: column)
        hasOwnAddresses = true
    }
}

/// Decides the outcomes of rows, from the decisions of rules and hooks and from their addresses.
///
/// Runs, plans, previews, tests, `explain` and the check for purity all use it. It does not remember addresses, so an outcome is never
/// `duplicate`.
package struct RowClassifier: Sendable {
    /// The column that the mapping names, if it holds text.
    package let emailColumn: Int?
    /// The addresses of the last batch, of all its rows.
    package private(set) var addresses = RowAddresses()
    /// 1 for each row of the last batch that rules and hooks kept and that has an address, 0 for others.
    package private(set) var isKept: [UInt8] = []
    /// The rows so far that had an address from which more than white space was removed.
    package private(set) var cleaned = RowCount()
    /// The addresses of the last batch that hooks set.
    private var mapped = RowAddresses()
    /// The normalized address that was read last by itself, in UTF-8.
    private var address: [UInt8] = []

    package init(columns: [Column], emailField: String) {
        emailColumn = columns.firstIndex { $0.name == emailField && $0.type.storage == .bytes }
    }

    /// Reads the addresses of a batch that has passed rules and hooks, and decides which rows are kept.
    package mutating func classify(_ batch: inout UserBatch) {
        if !batch.hasOwnAddresses { batch.readOwnAddresses(in: emailColumn) }
        if batch.verdicts.addresses.contains(where: { $0 != .unchanged }) {
            mapped.read(batch.verdicts)
            addresses.join(batch.ownAddresses, mapped, by: batch.verdicts.addresses)
        } else {
            swap(&addresses, &batch.ownAddresses)
        }
        batch.hasOwnAddresses = false
        isKept.removeAll(keepingCapacity: true)
        for row in 0..<batch.records.count {
            let isKept =
                batch.selection[row] == 1 && batch.verdicts.verdicts[row] != .dropped && addresses.readings[row] == .address
            self.isKept.append(isKept ? 1 : 0)
            if isKept, addresses.isCleaned[row] { cleaned.add(batch.records.rowNumbers[row]) }
        }
    }

    /// The outcome of a row of the last batch.
    package func outcome(_ row: Int, of batch: UserBatch) -> RowOutcome {
        if isKept[row] == 1 { return .kept(addresses.hashes[row], labels: batch.verdicts.labelRanges[row]) }
        guard batch.selection[row] == 1 else { return .droppedByRules }
        if batch.verdicts.verdicts[row] == .dropped { return .droppedByHook(reason: Int(batch.verdicts.reasons[row])) }
        return addresses.readings[row] == .missing ? .noEmail : .badEmail
    }

    /// Reads the address in a row's own column, whatever rules and hooks decided.
    package mutating func ownAddress(_ row: Int, of records: RecordBatch) -> EmailAddress.Reading {
        guard let emailColumn, !records.columns[emailColumn].isNull(row) else { return .missing }
        return records.columns[emailColumn].bytes.withUnsafeBufferPointer {
            EmailAddress.read(UnsafeBufferPointer(rebasing: $0[records.columns[emailColumn].byteRange(row)]), into: &address)
        }
    }

    /// Mailchimp's hash of the address that `ownAddress` read.
    package var ownHash: SubscriberHash { address.withUnsafeBufferPointer { SubscriberHash(normalized: $0) } }
}

/// Decides the outcome of a row, from the decisions of rules and hooks and from its address.
///
/// Runs, plans, previews, tests, `explain` and the check for purity all use it. It does not remember addresses, so `classify` never returns
/// `duplicate`.
package struct RowClassifier: Sendable {
    /// The column that the mapping names, if it holds text.
    package let emailColumn: Int?
    /// The normalized address of the last row, in UTF-8; valid if the row was kept.
    package private(set) var address: [UInt8] = []
    /// The rows so far that had an address from which more than white space was removed.
    package private(set) var cleaned = RowCount()
    private var isCleaned = false

    package init(columns: [Column], emailField: String) {
        emailColumn = columns.firstIndex { $0.name == emailField && $0.type.storage == .bytes }
    }

    /// The outcome of a row of a batch that has passed rules and hooks.
    package mutating func classify(_ row: Int, of batch: UserBatch) -> RowOutcome {
        guard batch.selection[row] == 1 else { return .droppedByRules }
        if batch.verdicts.verdicts[row] == .dropped { return .droppedByHook(reason: Int(batch.verdicts.reasons[row])) }
        switch readAddress(row, of: batch) {
        case .missing: return .noEmail
        case .malformed: return .badEmail
        case .address:
            if isCleaned { cleaned.add(batch.records.rowNumbers[row]) }
            return .kept(hash, labels: batch.verdicts.labelRanges[row])
        }
    }

    /// Mailchimp's hash of `address`.
    package var hash: SubscriberHash { address.withUnsafeBufferPointer { SubscriberHash(normalized: $0) } }

    /// Reads the address in a row's own column into `address`, whatever rules and hooks decided.
    ///
    /// - Returns: whether the row has a usable one.
    package mutating func readOwnAddress(_ row: Int, of records: RecordBatch) -> Bool { ownAddress(row, of: records) == .address }

    /// Reads the same address, and tells a missing one from a malformed one.
    package mutating func ownAddress(_ row: Int, of records: RecordBatch) -> EmailAddress.Reading {
        guard let emailColumn, !records.columns[emailColumn].isNull(row) else { return .missing }
        return read(records.columns[emailColumn].bytes, records.columns[emailColumn].byteRange(row))
    }

    /// Reads the address that the `map` hook set for a row into `address`, whatever else hooks decided.
    ///
    /// - Returns: whether the hook set a usable one.
    package mutating func readMappedAddress(_ row: Int, of verdicts: HookVerdicts) -> Bool {
        verdicts.addresses[row] == .mapped && read(verdicts.addressBytes, verdicts.addressRanges[row]) == .address
    }

    private mutating func readAddress(_ row: Int, of batch: UserBatch) -> EmailAddress.Reading {
        switch batch.verdicts.addresses[row] {
        case .cleared: return .missing
        case .mapped: return read(batch.verdicts.addressBytes, batch.verdicts.addressRanges[row])
        case .unchanged:
            guard let emailColumn, !batch.records.columns[emailColumn].isNull(row) else { return .missing }
            return read(batch.records.columns[emailColumn].bytes, batch.records.columns[emailColumn].byteRange(row))
        }
    }

    private mutating func read(_ bytes: [UInt8], _ range: Range<Int>) -> EmailAddress.Reading {
        bytes.withUnsafeBufferPointer {
            EmailAddress.read(UnsafeBufferPointer(rebasing: $0[range]), into: &address, isCleaned: &isCleaned)
        }
    }
}

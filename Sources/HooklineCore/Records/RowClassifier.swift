/// Decides what becomes of a row, from what rules and hooks said of it and from its address.
///
/// Runs, plans, previews, tests, `explain` and the check for purity all decide here. Only whether an earlier row had the same address is
/// decided by those who remember addresses: `classify` never answers `duplicate`.
package struct RowClassifier: Sendable {
    /// The column that the mapping names, if it holds text.
    package let emailColumn: Int?
    /// The normalized address, as UTF-8, of the row classified last; valid for a row that was kept.
    package private(set) var address: [UInt8] = []

    package init(columns: [Column], emailField: String) {
        emailColumn = columns.firstIndex { $0.name == emailField && $0.type.storage == .bytes }
    }

    /// What becomes of a row of a batch that has been through rules and hooks.
    package mutating func classify(_ row: Int, of batch: UserBatch) -> RowOutcome {
        guard batch.selection[row] == 1 else { return .droppedByRules }
        if batch.verdicts.verdicts[row] == .dropped { return .droppedByHook(reason: Int(batch.verdicts.reasons[row])) }
        switch readAddress(row, of: batch) {
        case .missing: return .noEmail
        case .malformed: return .badEmail
        case .address:
            let hash = address.withUnsafeBufferPointer { SubscriberHash(normalised: $0) }
            return .kept(hash, labels: batch.verdicts.labelRanges[row])
        }
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
        bytes.withUnsafeBufferPointer { EmailAddress.read(UnsafeBufferPointer(rebasing: $0[range]), into: &address) }
    }
}

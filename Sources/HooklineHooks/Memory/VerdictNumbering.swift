import HooklineCore

/// Finds the number of a verdict without making texts of it: nearly all rows have one of a few verdicts.
struct VerdictNumbering {
    private struct Key: Hashable {
        let reason: Int32
        let address: RememberedVerdict.Address
        let labels: [Int32]
        let isOfDay: Bool
    }

    private var numbers: [Key: Int32] = [:]

    /// Finds the number under which the memory knows the verdict on a row.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - address: where its address comes from.
    ///   - verdicts: with the run's numbers of reasons and labels.
    ///   - texts: what they mean.
    ///   - memory: what remembers the verdict.
    /// - Returns: the number; nil if it knows too many verdicts.
    mutating func number(
        _ row: Int, _ address: RememberedVerdict.Address, of verdicts: HookVerdicts, _ texts: RunTexts, _ memory: any VerdictMemory
    ) -> Int32? {
        let isDropped = verdicts.verdicts[row] == .dropped
        let key = Key(
            reason: isDropped ? verdicts.reasons[row] : -1, address: isDropped ? .unchanged : address,
            labels: verdicts.labelRanges[row].isEmpty ? [] : Array(verdicts.labelNumbers[verdicts.labelRanges[row]]),
            isOfDay: verdicts.reliances[row].contains(.day))
        if let known = numbers[key] { return known }
        let verdict = RememberedVerdict(
            reason: isDropped ? texts.reason(key.reason) : nil, address: key.address, labels: key.labels.map { texts.label($0) },
            isOfDay: key.isOfDay)
        guard let number = memory.number(of: verdict) else { return nil }
        numbers[key] = number
        return number
    }
}

extension RememberedVerdict.Address {
    /// Where a row's address comes from; nil if a hook computed one that is in no column, as that would have to be kept itself.
    init?(_ row: Int, of batch: UserBatch) {
        switch batch.verdicts.addresses[row] {
        case .unchanged: self = .unchanged
        case .cleared: self = .cleared
        case .mapped:
            let mapped = batch.verdicts.addressBytes[batch.verdicts.addressRanges[row]]
            let found = batch.records.columns.firstIndex { column in
                guard column.column.type == .text, !column.isNull(row) else { return false }
                let range = column.byteRange(row)
                if range.count == mapped.count, column.bytes[range].elementsEqual(mapped) { return true }
                return EmailAddress.areSame(Array(mapped), Array(column.bytes[range]))
            }
            guard let found else { return nil }
            self = .column(found)
        }
    }
}

import HooklineCore

/// Decides which of two rows of one user counts.
struct RowOrder {
    /// Which of two rows counts.
    enum Comparison {
        /// The row that was read later.
        case later
        /// The row that was read earlier.
        case earlier
        /// Both are equally new, but different.
        case same
        /// It is unknown, because one of them has no readable value.
        case unknown
    }

    private let keep: Model.OneRow.Keep
    private let column: Int?

    init(_ keep: Model.OneRow.Keep, _ columns: [Column]) {
        self.keep = keep
        if case .newest(let name) = keep { column = columns.firstIndex { $0.name == name } } else { column = nil }
    }

    /// Compares a row with one that was read before it.
    func compare(_ row: Int, of batch: RecordBatch, _ later: Int, of laterBatch: RecordBatch) -> Comparison {
        switch keep {
        case .first: return .earlier
        case .last: return .later
        case .newest:
            guard let column else { return .unknown }
            let (values, laterValues) = (batch.columns[column], laterBatch.columns[column])
            if values.isNull(row) || laterValues.isNull(later) { return .unknown }
            let difference = values.compare(row, laterValues, later)
            if difference < 0 { return .later }
            if difference > 0 { return .earlier }
            let isCopy = batch.columns.indices.allSatisfy { batch.columns[$0].isSame(row, laterBatch.columns[$0], later) }
            return isCopy ? .earlier : .same
        }
    }
}

extension ColumnBuffer {
    /// Negative if the value is less than one of a column of the same type, 0 if they are equal, positive if it is greater; neither is NULL.
    fileprivate func compare(_ row: Int, _ other: ColumnBuffer, _ otherRow: Int) -> Int {
        switch column.type.storage {
        case .integers: return integers[row] < other.integers[otherRow] ? -1 : integers[row] == other.integers[otherRow] ? 0 : 1
        case .numbers: return numbers[row] < other.numbers[otherRow] ? -1 : numbers[row] == other.numbers[otherRow] ? 0 : 1
        case .bytes:
            let (value, otherValue) = (bytes[byteRange(row)], other.bytes[other.byteRange(otherRow)])
            if column.type == .decimal { return DecimalText.compare(value, otherValue) }
            // Days as `YYYY-MM-DD`, which sort by their bytes.
            return value.lexicographicallyPrecedes(otherValue) ? -1 : value == otherValue ? 0 : 1
        }
    }

    /// Whether a value equals one of a column of the same type; NULL equals NULL.
    func isSame(_ row: Int, _ other: ColumnBuffer, _ otherRow: Int) -> Bool {
        if isNull(row) || other.isNull(otherRow) { return valid[row] == other.valid[otherRow] }
        switch column.type.storage {
        case .integers: return integers[row] == other.integers[otherRow]
        case .numbers: return numbers[row] == other.numbers[otherRow]
        case .bytes: return bytes[byteRange(row)] == other.bytes[other.byteRange(otherRow)]
        }
    }
}

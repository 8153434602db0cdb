import HooklineCore

/// Reads the key that the rows of one user share.
struct UserKey {
    private enum Key {
        case address
        /// The index of a column; nil if the source lacks it.
        case column(Int?)
    }

    private let key: Key
    private var classifier: RowClassifier

    init(_ key: Model.OneRow.Key, _ columns: [Column], emailField: String) {
        classifier = RowClassifier(columns: columns, emailField: emailField)
        switch key {
        case .email: self.key = .address
        case .field(let name): self.key = .column(columns.firstIndex { $0.name == name })
        }
    }

    /// The MD5 of a row's key; nil without a key or a usable address, which makes the row a user of its own.
    mutating func hash(_ row: Int, of batch: RecordBatch) -> SubscriberHash? {
        switch key {
        case .address: return classifier.ownAddress(row, of: batch) == .address ? classifier.ownHash : nil
        case .column(let column): return column.flatMap { Self.hash(row, of: batch.columns[$0]) }
        }
    }

    private static func hash(_ row: Int, of values: ColumnBuffer) -> SubscriberHash? {
        if values.isNull(row) { return nil }
        switch values.column.type.storage {
        case .integers: return withUnsafeBytes(of: values.integers[row]) { hash($0) }
        // -0 equals 0.
        case .numbers: return withUnsafeBytes(of: values.numbers[row] + 0) { hash($0) }
        case .bytes: return values.bytes.withUnsafeBytes { hash(UnsafeRawBufferPointer(rebasing: $0[values.byteRange(row)])) }
        }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> SubscriberHash {
        SubscriberHash(digestOf: bytes.assumingMemoryBound(to: UInt8.self))
    }
}

import HooklineCore

/// Reads the key that the rows of one user share.
struct UserKey {
    private let column: Int?
    private let isAddress: Bool

    init(_ key: Model.OneRow.Key, _ columns: [Column], emailField: String) {
        switch key {
        case .email: (column, isAddress) = (columns.firstIndex { $0.name == emailField && $0.type.storage == .bytes }, true)
        case .field(let name): (column, isAddress) = (columns.firstIndex { $0.name == name }, false)
        }
    }

    /// The MD5 of a row's key; nil without a key or a usable address, which makes the row a user of its own.
    func hash(_ row: Int, of batch: RecordBatch) -> SubscriberHash? {
        guard let column, !batch.columns[column].isNull(row) else { return nil }
        let values = batch.columns[column]
        switch values.column.type.storage {
        case .integers: return withUnsafeBytes(of: values.integers[row]) { Self.hash($0) }
        case .numbers:
            // -0 equals 0.
            return withUnsafeBytes(of: values.numbers[row] + 0) { Self.hash($0) }
        case .bytes:
            let range = values.byteRange(row)
            guard isAddress else { return values.bytes.withUnsafeBytes { Self.hash(UnsafeRawBufferPointer(rebasing: $0[range])) } }
            var address: [UInt8] = []
            let reading = values.bytes.withUnsafeBufferPointer {
                EmailAddress.read(UnsafeBufferPointer(rebasing: $0[range]), into: &address)
            }
            return reading == .address ? address.withUnsafeBufferPointer { SubscriberHash(normalized: $0) } : nil
        }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> SubscriberHash {
        SubscriberHash(normalized: bytes.assumingMemoryBound(to: UInt8.self))
    }
}

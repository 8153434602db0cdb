import HooklineCore

/// Some rows of a partition of candidates, as ``CandidateRuns`` has written them: of each, its hash, its number, the size of its address, the
/// address, and its key.
struct CandidateBlock {
    /// The size of what comes before an address.
    static let headSize = 22
    private static let most = 1_000
    let addresses: RowAddresses
    /// The rows' numbers in the source.
    let numbers: [Int]
    /// 1 for each row.
    var isWanted: [UInt8]
    /// Where the block ends in the bytes of the partition.
    let end: Int
    private let bytes: [UInt8]
    /// Where each row's key is.
    private let keys: [Int]
    private let keyColumn: Column?

    /// Reads the block that starts at a byte of a partition.
    ///
    /// - Parameters:
    ///   - bytes: those of the partition.
    ///   - start: where to start.
    ///   - keyColumn: the column of keys, if rows have any.
    init(of bytes: [UInt8], from start: Int, _ keyColumn: Column?) {
        var (starts, keys, end, size) = ([Int](), [Int](), start, 0)
        starts.reserveCapacity(Self.most)
        keys.reserveCapacity(Self.most)
        bytes.withUnsafeBytes { bytes in
            while end < bytes.count, starts.count < Self.most {
                let addressSize = Int(bytes.loadUnaligned(fromByteOffset: end + 20, as: UInt16.self))
                starts.append(end)
                size += addressSize
                end += Self.headSize + addressSize
                keys.append(end)
                if let keyColumn { end += ColumnBuffer.size(serialized: UnsafeRawBufferPointer(rebasing: bytes[end...]), of: keyColumn) }
            }
        }
        (addresses, numbers) = bytes.withUnsafeBytes { bytes in
            (
                RowAddresses(
                    count: starts.count, size: size,
                    at: { row in
                        let head = UnsafeRawBufferPointer(rebasing: bytes[starts[row]..<keys[row]])
                        return (
                            SubscriberHash(
                                high: head.loadUnaligned(as: UInt64.self), low: head.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                            UnsafeRawBufferPointer(rebasing: head[Self.headSize...])
                        )
                    }),
                starts.map { Int(bytes.loadUnaligned(fromByteOffset: $0 + 16, as: UInt32.self)) }
            )
        }
        isWanted = Array(repeating: 1, count: starts.count)
        (self.bytes, self.keys, self.end, self.keyColumn) = (bytes, keys, end, keyColumn)
    }

    /// The address of a row.
    func address(_ row: Int) -> String { String(decoding: addresses.bytes[addresses.range(row)], as: UTF8.self) }

    /// The key of a row; nil for NULL, and without a column of keys.
    func key(_ row: Int) -> String? { readKeys(row..<row + 1)?.described(0) }

    /// The keys of all rows; nil without a column of keys.
    func readKeys() -> ColumnBuffer? { readKeys(numbers.indices) }

    private func readKeys(_ rows: Range<Int>) -> ColumnBuffer? {
        guard let keyColumn else { return nil }
        var buffer = ColumnBuffer(keyColumn)
        bytes.withUnsafeBytes { bytes in
            for row in rows { buffer.append(serialized: UnsafeRawBufferPointer(rebasing: bytes[keys[row]...])) }
        }
        return buffer
    }
}

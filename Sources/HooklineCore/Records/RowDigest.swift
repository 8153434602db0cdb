import CMD5

/// A keyed digest of all values of a row: equal rows have equal digests. Without the key, it says nothing about the row.
package struct RowDigest: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A digest is as good as random, so that a half of it is enough.
    package func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// Computes the digests of the rows of batches: MD5 over a secret key and the row's values.
///
/// Nobody who does not know the key can make two rows with one digest, so that MD5's weakness against chosen texts does not matter here.
package struct RowDigester {
    /// The length of a key, in bytes.
    package static let keyLength = 16
    /// Rows are digested in pieces of about so many bytes, so that long texts are not copied all at once.
    private static let pieceSize = 1 << 20

    private let key: [UInt8]
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    package init(key: [UInt8]) { self.key = key }

    /// Digests the selected rows of a batch.
    ///
    /// - Parameters:
    ///   - records: the batch.
    ///   - selection: 1 for each row to digest.
    ///   - digests: receives one digest for each selected row, in order.
    package mutating func digest(_ records: RecordBatch, _ selection: [UInt8], into digests: inout [RowDigest]) {
        digests.removeAll(keepingCapacity: true)
        for row in selection.indices where selection[row] == 1 {
            append(row, of: records)
            if bytes.count >= Self.pieceSize { finish(&digests) }
        }
        finish(&digests)
    }

    private mutating func append(_ row: Int, of records: RecordBatch) {
        bytes.append(contentsOf: key)
        for column in records.columns {
            // NULL and unreadable values are told apart: rules see a difference even if hooks do not.
            bytes.append(column.valid[row])
            if column.isNull(row) { continue }
            switch column.column.type.storage {
            case .bytes:
                let range = column.byteRange(row)
                append(UInt64(range.count))
                bytes.append(contentsOf: column.bytes[range])
            case .integers: append(UInt64(bitPattern: column.integers[row]))
            case .numbers: append(column.numbers[row].bitPattern)
            }
        }
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    private mutating func append(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func finish(_ digests: inout [RowDigest]) {
        let start = digests.count
        digests.append(contentsOf: repeatElement(RowDigest(high: 0, low: 0), count: ends.count))
        digests.withUnsafeMutableBufferPointer { digests in
            // Both are two numbers of 64 bits.
            UnsafeMutableBufferPointer(rebasing: digests[start...]).withMemoryRebound(to: hl_md5_digest.self) { digests in
                guard let first = digests.baseAddress, !ends.isEmpty else { return }
                hl_md5_texts(hl_md5_most_lanes(), bytes, ends, ends.count, first)
            }
        }
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}

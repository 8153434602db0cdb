import Foundation
import HooklineCore

/// Writes values one after another into a blob, so that hundreds of them cost one row.
struct PackedWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Appends hashes, 16 bytes each.
    mutating func append(_ hashes: [SubscriberHash]) {
        for hash in hashes {
            withUnsafeBytes(of: (hash.high.bigEndian, hash.low.bigEndian)) { bytes.append(contentsOf: $0) }
        }
    }

    /// Appends a text behind its length in two bytes, the smaller one first.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count <= Self.longestText, "a text of \(text.count) bytes in a blob; at most \(Self.longestText) fit")
        bytes.append(UInt8(truncatingIfNeeded: text.count))
        bytes.append(UInt8(truncatingIfNeeded: text.count >> 8))
        bytes.append(contentsOf: text)
    }

    /// The longest text, in bytes. No address is longer: RFC 5321 allows 254.
    static let longestText = Int(UInt16.max)
}

/// Reads what ``PackedWriter`` wrote. Every method returns nil when the blob ends too early.
struct PackedReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - position else { return nil }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    mutating func hashes(_ count: Int) -> [SubscriberHash]? {
        // Before the multiplication, which a damaged count could overflow.
        guard count >= 0, count <= bytes.count / 16, let all = take(16 * count) else { return nil }
        return (0..<count).map { SubscriberHash(bytes: all, at: 16 * $0) }
    }

    mutating func text() -> UnsafeBufferPointer<UInt8>? {
        guard let length = take(2), let text = take(Int(length[0]) | Int(length[1]) << 8) else { return nil }
        return text.bindMemory(to: UInt8.self)
    }
}

extension SubscriberHash {
    /// Reads the 16 bytes at an offset.
    init(bytes: UnsafeRawBufferPointer, at offset: Int) {
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
    }

    /// The 16 bytes that a row holds.
    var bytes: Data { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) } }
}

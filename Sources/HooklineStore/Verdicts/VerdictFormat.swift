import Cryptography
import Foundation
import HooklineCore

/// What is in a file of remembered verdicts: a mark, blocks of rows, and an end that says what they mean.
///
/// A row is 18 bytes: its digest, and the number of its verdict. Rows are in the order of the source, which hardly changes from run to run,
/// so that they are read and written front to back. Each block, and the end, has a SHA-256.
enum VerdictFormat {
    static let mark = Array("hookline verdicts 1\n".utf8)
    /// How many rows a block has; the last one may have fewer.
    static let blockRows = 4_096
    /// Bytes of a row in a block.
    static let rowBytes = 18
    static let checksumBytes = 32
    /// Bytes after the end: its length and its checksum.
    static let tailBytes = 8 + checksumBytes
    /// How many different verdicts a file may have, and the most bytes of their texts.
    static let mostVerdicts = 20_000
    static let mostText = 4 << 20
    /// The longest end that is read, in bytes.
    static let longestEnd = 32 << 20

    /// The end of a file.
    struct End: Codable {
        /// The key for digests, in hexadecimal.
        var key: String
        var basis: String
        var rows: Int
        /// The day that verdicts rely on that rely on one, `YYYY-MM-DD`.
        var today: String
        /// The day on which all rows last entered the hooks.
        var full: String
        var verdicts: [RememberedVerdict]
    }

    /// The bytes of a block with so many rows.
    static func blockBytes(_ rows: Int) -> Int { rows * rowBytes + checksumBytes }

    /// Where a block begins.
    static func position(ofBlock block: Int) -> Int { mark.count + block * blockBytes(blockRows) }

    /// How many rows a block has in a file with so many in all.
    static func rows(inBlock block: Int, of all: Int) -> Int { min(blockRows, all - block * blockRows) }

    /// A number of a file, the lowest byte first.
    static func number(_ bytes: some Collection<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    static func append(_ number: UInt64, bytes count: Int, to bytes: inout [UInt8]) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    /// The checksum of bytes, with what they are, so that a block in another block's place does not pass for it.
    static func checksum(_ bytes: some Collection<UInt8>, of place: String, key: String) -> [UInt8] {
        var digest = SHA256()
        digest.add(Array("\(place) \(key)\n".utf8))
        digest.add(Array(bytes))
        return digest.digest
    }
}

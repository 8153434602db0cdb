/// A hash of 64 bits of a row's key, fast rather than strong.
///
/// Among a million values two collide once in some thousands of runs, even without the lowest four bits. A collision costs a wrong count in a
/// warning.
enum RowFingerprint {
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* factor
        var at = 0
        while at + 8 <= bytes.count {
            hash = mixed(hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        return mixed(mixed(hash ^ rest))
    }

    static func of(_ integer: Int64) -> UInt64 { mixed(mixed(UInt64(bitPattern: integer) ^ factor)) }

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* factor
        return product ^ product >> 29
    }
}

/// Which fingerprints may be among some: 16 million bits, 2 MB; less for those of a partition.
struct FingerprintBitmap {
    /// How many bits of a fingerprint choose its bit, and the highest ones that do not take part.
    private let (bits, shared): (UInt64, UInt64)
    private var words: [UInt64]

    private init(of entries: NotedRows.Part) {
        shared = UInt64(entries.sharedBits)
        bits = shared == 0 ? 24 : 22
        words = Array(repeating: 0, count: 1 << (bits - 6))
    }

    /// The entries with one of some marks in their lowest bits.
    init(_ entries: NotedRows.Part, marked marks: UInt64) {
        self.init(of: entries)
        let (bits, shared) = (bits, shared)
        words.withUnsafeMutableBufferPointer { words in
            entries.forEach { entry, _ in
                if entry & marks == 0 { return }
                let bit = (entry << shared) >> (64 - bits)
                words[Int(truncatingIfNeeded: bit >> 6)] |= 1 << (bit & 63)
            }
        }
    }

    /// The entries that may be there more than once.
    init(repeated entries: NotedRows.Part) {
        self.init(of: entries)
        let (bits, shared) = (bits, shared)
        var once = words
        words.withUnsafeMutableBufferPointer { words in
            once.withUnsafeMutableBufferPointer { once in
                entries.forEach { entry, _ in
                    let bit = (entry << shared) >> (64 - bits)
                    let (word, mask) = (Int(truncatingIfNeeded: bit >> 6), UInt64(1) << (bit & 63))
                    words[word] |= once[word] & mask
                    once[word] |= mask
                }
            }
        }
    }

    func contains(_ entry: UInt64) -> Bool {
        let bit = (entry << shared) >> (64 - bits)
        return words[Int(truncatingIfNeeded: bit >> 6)] & 1 << (bit & 63) != 0
    }
}

/// Words that mean NULL in many exports. They are text unless `null_values` lists them.
enum NullWord {
    /// Whether the text is such a word, in any case: `NULL`, `\N`, `n/a`, `#N/A`, `NaN`, `none`, `nil`, `undefined`, `(null)`, or `-`.
    static func isOne(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // Rejects most texts quickly: they are longer, or start with another letter.
        guard text.count <= longest, let first = text.first, starts.contains(first) else { return false }
        return words.contains { word in word.count == text.count && zip(word, text).allSatisfy { $0 == lowercased($1) } }
    }

    private static let words = ["null", "\\n", "n/a", "#n/a", "nan", "none", "nil", "undefined", "(null)", "<null>", "-"].map {
        Array($0.utf8)
    }
    private static let longest = 9
    private static let starts = ByteSet(words.flatMap { [$0[0], $0[0] & ~0x20] } + [UInt8(ascii: "#"), UInt8(ascii: "-")])

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

/// A set of bytes, stored as bits.
private struct ByteSet {
    private var bits = SIMD4<UInt64>()

    init(_ bytes: [UInt8]) {
        for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }
}

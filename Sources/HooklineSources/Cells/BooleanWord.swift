/// Reads a boolean written as a word.
enum BooleanWord {
    /// Reads PostgreSQL's words, in any case: `true`, `t`, `yes`, `y`, `on`, `1` and `false`, `f`, `no`, `n`, `off`, `0`; nil for other
    /// text.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard bytes.count <= 5 else { return nil }
        // Packs the lowercased letters into one number. The mask leaves digits unchanged and turns no other byte into a letter or digit.
        var word: UInt64 = 0
        for byte in bytes { word = word << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return words[word]
    }

    private static let words: [UInt64: Bool] = {
        var words: [UInt64: Bool] = [:]
        for (texts, value) in [(["true", "t", "yes", "y", "on", "1"], true), (["false", "f", "no", "n", "off", "0"], false)] {
            for text in texts { words[text.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = value }
        }
        return words
    }()
}

/// Reads a boolean written as a word.
enum BooleanWord {
    /// Reads PostgreSQL's words, in any case: `true`, `t`, `yes`, `y`, `on`, `1` and `false`, `f`, `no`, `n`, `off`, `0`; nil for other
    /// text.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard bytes.count <= 5 else { return nil }
        // Packs the lowercased letters into one number. The mask leaves digits unchanged and turns no other byte into a letter or digit.
        var word: UInt64 = 0
        for byte in bytes { word = word << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return yes.contains(word) ? true : no.contains(word) ? false : nil
    }

    private static let yes = packed(["true", "t", "yes", "y", "on", "1"])
    private static let no = packed(["false", "f", "no", "n", "off", "0"])

    private static func packed(_ words: [String]) -> [UInt64] { words.map { $0.utf8.reduce(0) { $0 << 8 | UInt64($1) } } }
}

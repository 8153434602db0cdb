import HooklineCore

/// How a database writes what rules need. Values are bound, or are literals that hold nothing but letters, digits, and a few marks.
protocol SQLDialect {
    /// A place for a value, or the value itself.
    mutating func literal(_ value: RowFilter.Value) -> String
    /// A moment in Unix seconds, between the years 1 and 9999.
    mutating func literal(moment: Int64) -> String
    /// Whether the text of an expression has a part, which holds no NUL.
    mutating func has(_ part: RowFilter.Part, _ text: [UInt8], in expression: String) -> String
    /// Whether an address consists of one @ and of ASCII letters, digits, `.`, `_`, `+`, and `-`, so that folding the case of A to Z is all
    /// that tells its spellings apart.
    func isPlainAddress(_ expression: String) -> String
    /// Whether a text holds an @.
    func hasAt(_ expression: String) -> String
    /// The text with A to Z in lower case.
    func lowercased(_ expression: String) -> String
}

/// The letters, digits, and marks of plain addresses, without @.
enum PlainAddress {
    static let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-"
}

/// White space that Hookline trims from texts, as `TextTrim` does.
enum TrimmedSpace {
    static let characters: [UInt32] =
        Array(0x09...0x0D) + [0x20, 0x85, 0xA0, 0x1680, 0x180E] + Array(0x2000...0x200B) + [
            0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF,
        ]
    static let text = String(String.UnicodeScalarView(characters.compactMap(Unicode.Scalar.init)))
}

extension UInt8 {
    /// Two hexadecimal digits.
    var hexadecimal: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}

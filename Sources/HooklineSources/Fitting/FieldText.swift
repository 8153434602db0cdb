/// Reads the text of a field as a value of a type: strictly, without a locale, and mostly without allocation.
enum FieldText {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The bytes without whitespace around them.
    static func trimmed(_ bytes: Bytes) -> Bytes {
        var (start, end) = (0, bytes.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while start < end, isSpace(bytes[end - 1]) { end -= 1 }
        return Bytes(rebasing: bytes[start..<end])
    }

    /// An optional sign and digits; nil for anything else, and beyond 64 bits.
    static func integer(_ bytes: Bytes) -> Int64? {
        let hasSign = bytes.first == minus || bytes.first == plus
        guard bytes.count > (hasSign ? 1 : 0) else { return nil }
        var value: Int64 = 0
        let isNegative = bytes[0] == minus
        for at in (hasSign ? 1 : 0)..<bytes.count {
            guard let digit = digit(bytes[at]) else { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            // Negative numbers reach one further, so they count down.
            let (sum, carry) = isNegative ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// `true`, `t`, `yes`, `y`, `on`, `1` and `false`, `f`, `no`, `n`, `off`, `0`, in any case, like PostgreSQL; nil for anything else.
    static func boolean(_ bytes: Bytes) -> Bool? {
        guard bytes.count <= 5 else { return nil }
        // The lowercased letters as one number.
        var word: UInt64 = 0
        for byte in bytes { word = word << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return words[word]
    }

    /// Whether `DecimalText` accepts it: an optional sign, digits, and optionally a point with digits.
    static func isDecimal(_ bytes: Bytes) -> Bool {
        var digits = 0
        var hasPoint = false
        for (index, byte) in bytes.enumerated() {
            if digit(byte) != nil {
                digits += 1
            } else if byte == UInt8(ascii: "."), digits > 0, !hasPoint {
                hasPoint = true
                digits = 0
            } else if index > 0 || (byte != minus && byte != plus) {
                return false
            }
        }
        return digits > 0
    }

    /// The value of a decimal digit; nil for any other byte.
    static func digit(_ byte: UInt8) -> Int64? {
        byte >= 48 && byte <= 57 ? Int64(byte - 48) : nil
    }

    static let minus = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private static let words: [UInt64: Bool] = {
        var words: [UInt64: Bool] = [:]
        for (texts, value) in [(["true", "t", "yes", "y", "on", "1"], true), (["false", "f", "no", "n", "off", "0"], false)] {
            for text in texts { words[text.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = value }
        }
        return words
    }()
}

extension DecimalText {
    /// Appends a number as a decimal without an exponent: `1.5e3` becomes `1500`.
    ///
    /// - Returns: false, with nothing appended, if the bytes are not a number or the exponent is beyond ±400.
    package static func append(_ bytes: UnsafeBufferPointer<UInt8>, to decimal: inout [UInt8]) -> Bool {
        if isValid(bytes) {
            decimal.append(contentsOf: bytes)
            return true
        }
        guard WrittenNumber(bytes) != nil else { return false }
        let mark = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? bytes.endIndex
        let exponent = mark == bytes.endIndex ? 0 : PlainNumber.integer(UnsafeBufferPointer(rebasing: bytes[(mark + 1)...])) ?? .max
        guard (-400...400).contains(exponent) else { return false }
        var whole = bytes[..<mark].prefix { $0 != UInt8(ascii: ".") }.filter { $0 &- 48 < 10 }
        var fraction = bytes[..<mark].drop { $0 != UInt8(ascii: ".") }.dropFirst().map { $0 }
        for _ in 0..<max(0, exponent) { whole.append(fraction.isEmpty ? 48 : fraction.removeFirst()) }
        for _ in 0..<max(0, -exponent) { fraction.insert(whole.popLast() ?? 48, at: 0) }
        if bytes.first == PlainNumber.minus { decimal.append(PlainNumber.minus) }
        let digits = whole.drop { $0 == 48 }
        decimal.append(contentsOf: digits.isEmpty ? [48] : digits)
        if !fraction.isEmpty { decimal.append(contentsOf: [UInt8(ascii: ".")] + fraction) }
        return true
    }

    /// The digits from the first to the last that is not zero, without sign, point, and exponent.
    static func significantDigits(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var digits = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }.filter { $0 &- 48 < 10 }
        digits = Array(digits.drop { $0 == 48 })
        while digits.last == 48 { digits.removeLast() }
        return digits
    }
}

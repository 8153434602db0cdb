extension DecimalText {
    /// A number that is no greater than that of a greater decimal. Different decimals whose first 14 digits are the same may share one.
    static func key(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        let parts = Parts(bytes)
        if parts.sign == 0 { return zero }
        let length = min(parts.whole.count, mostDigits)
        var digits: UInt64 = 0
        // Of two numbers that are too long, only an exact comparison knows.
        if length < mostDigits {
            var left = keyDigits
            for digit in parts.whole.prefix(left) { digits = digits * 10 + UInt64(digit - 48) }
            left -= min(left, parts.whole.count)
            for digit in parts.fraction.prefix(left) { digits = digits * 10 + UInt64(digit - 48) }
            left -= min(left, parts.fraction.count)
            for _ in 0..<left { digits *= 10 }
        }
        let magnitude = UInt64(length) << 47 | digits
        return parts.sign > 0 ? zero + magnitude : zero - 1 - magnitude
    }

    private static let zero: UInt64 = 1 << 63
    /// 10¹⁴ is less than 2⁴⁷.
    private static let keyDigits = 14
    private static let mostDigits = 0xFFFE
}

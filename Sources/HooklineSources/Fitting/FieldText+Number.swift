extension FieldText {
    /// An optional sign, digits with an optional point, and an optional exponent, such as `-12`, `.5` or `1.25e-3`; nil for anything else,
    /// including `inf`, `nan`, hexadecimal digits and thousands separators.
    static func number(_ bytes: Bytes) -> Double? {
        guard let parts = NumberParts(bytes) else { return nil }
        if let value = parts.exactValue { return value }
        // Too many digits, or too large an exponent, to be exact: the standard library rounds correctly.
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// The digits of a number as an integer, and the power of ten to multiply it by.
    private struct NumberParts {
        private var isNegative = false
        private var digits: UInt64 = 0
        private var isExact = true
        private var exponent = 0

        init?(_ bytes: Bytes) {
            var at = 0
            isNegative = bytes.first == minus
            if isNegative || bytes.first == plus { at = 1 }
            let wholeDigits = read(bytes, &at)
            var fractionDigits = 0
            if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
                at += 1
                fractionDigits = read(bytes, &at)
            }
            guard wholeDigits + fractionDigits > 0 else { return nil }
            exponent = -fractionDigits
            if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
                guard let written = integer(Bytes(rebasing: bytes[(at + 1)...])) else { return nil }
                exponent += Int(max(-100_000, min(100_000, written)))
                at = bytes.count
            }
            guard at == bytes.count else { return nil }
        }

        /// The value, if it takes only one multiplication or division of exact numbers, which IEEE 754 rounds correctly; otherwise nil.
        var exactValue: Double? {
            guard isExact, digits <= 1 << 53, (-22...22).contains(exponent) else { return nil }
            let value = exponent < 0 ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
            return isNegative ? -value : value
        }

        private mutating func read(_ bytes: Bytes, _ at: inout Int) -> Int {
            let start = at
            while at < bytes.count, let digit = digit(bytes[at]) {
                let (tenfold, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
                if overflow || carry { isExact = false }
                digits = sum
                at += 1
            }
            return at - start
        }
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

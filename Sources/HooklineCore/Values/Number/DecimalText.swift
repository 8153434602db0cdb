/// Exact decimals as text, such as `-12.340`.
package enum DecimalText {
    /// Whether the bytes are an optional sign, digits, and optionally a point with digits.
    package static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        var reader = DigitReader(bytes)
        _ = reader.skip(UInt8(ascii: "-")) || reader.skip(UInt8(ascii: "+"))
        guard reader.skipDigits() > 0 else { return false }
        if reader.skip(UInt8(ascii: ".")), reader.skipDigits() == 0 { return false }
        return reader.isAtEnd
    }

    /// Negative if the left decimal is smaller, 0 if they are equal, positive if it is greater; exact for any length.
    package static func compare(_ left: some BidirectionalCollection<UInt8>, _ right: some BidirectionalCollection<UInt8>) -> Int {
        let (a, b) = (Parts(left), Parts(right))
        if a.sign != b.sign { return a.sign - b.sign }
        return a.sign * magnitude(a, b)
    }

    private static func magnitude(_ a: Parts, _ b: Parts) -> Int {
        if a.whole.count != b.whole.count { return a.whole.count < b.whole.count ? -1 : 1 }
        for (x, y) in zip(a.whole, b.whole) where x != y { return x < y ? -1 : 1 }
        if a.fraction == b.fraction { return 0 }
        return a.fraction.lexicographicallyPrecedes(b.fraction) ? -1 : 1
    }

    /// The sign (−1, 0 or 1), and the digits without insignificant zeros.
    struct Parts {
        let sign: Int
        let whole: ArraySlice<UInt8>
        let fraction: ArraySlice<UInt8>

        init(_ bytes: some BidirectionalCollection<UInt8>) {
            var digits = Array(bytes)[...]
            let negative = digits.first == UInt8(ascii: "-")
            if negative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
            let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
            whole = digits[..<point].drop { $0 == 48 }
            var rest = digits[point...].dropFirst()
            while rest.last == 48 { rest = rest.dropLast() }
            fraction = rest
            sign = whole.isEmpty && fraction.isEmpty ? 0 : (negative ? -1 : 1)
        }
    }
}

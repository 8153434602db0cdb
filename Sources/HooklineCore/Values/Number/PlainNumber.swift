import Foundation

/// Reads numbers as programs write them: with a point before the fraction, and no marks between digits.
package enum PlainNumber {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Reads an optional sign and digits; nil for anything else, and beyond 64 bits.
    package static func integer(_ bytes: Bytes) -> Int64? {
        let isNegative = bytes.first == minus
        let start = isNegative || bytes.first == plus ? 1 : 0
        guard bytes.count > start else { return nil }
        var value: Int64 = 0
        for at in start..<bytes.count {
            let digit = bytes[at] &- 48
            guard digit < 10 else { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            // Negative numbers count down, because they reach one further.
            let (sum, carry) =
                isNegative ? tenfold.subtractingReportingOverflow(Int64(digit)) : tenfold.addingReportingOverflow(Int64(digit))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// Reads an optional sign, digits with an optional point, and an optional exponent: `-12`, `.5`, `1.25e-3`. Nil for anything else,
    /// including `inf`, `nan`, and hexadecimal, and for digits that a Double does not keep.
    ///
    /// A Double always keeps 15 significant digits. It keeps more if it prints the same digits again.
    package static func number(_ bytes: Bytes) -> Double? {
        if let value = short(bytes) { return value }
        guard let parts = WrittenNumber(bytes) else { return nil }
        if let value = parts.exactValue { return value }
        // More digits or a larger exponent than a Double does exactly: leave the rounding to the standard library.
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        if value == 0 { return parts.isZero ? value : nil }
        return parts.significantDigits <= 15 || holds(value, bytes, parts.significantDigits) ? value : nil
    }

    /// Reads a number of up to 15 digits without an exponent, as nearly all are; nil for anything else.
    private static func short(_ bytes: Bytes) -> Double? {
        guard let first = bytes.first, bytes.count <= 17 else { return nil }
        var (digits, count, pointAt): (UInt64, Int, Int?) = (0, 0, nil)
        for at in (first == minus ? 1 : 0)..<bytes.count {
            let digit = bytes[at] &- 48
            if digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                count += 1
            } else if bytes[at] == UInt8(ascii: "."), pointAt == nil {
                pointAt = at
            } else {
                return nil
            }
        }
        guard (1...15).contains(count) else { return nil }
        // Both are exact, so that IEEE 754 rounds their quotient correctly.
        let value = Double(digits) / WrittenNumber.powersOfTen[pointAt.map { bytes.count - 1 - $0 } ?? 0]
        return first == minus ? -value : value
    }

    /// Whether the number has a needless leading zero: `007` is a code, while `0`, `0.7`, and `-0` are numbers.
    package static func hasLeadingZero(_ bytes: Bytes) -> Bool {
        let start = bytes.first == minus || bytes.first == plus ? 1 : 0
        return bytes.count > start + 1 && bytes[start] == 48 && bytes[start + 1] &- 48 < 10
    }

    static let minus = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")

    /// Whether the value, printed with that many digits, has the same digits as the text.
    private static func holds(_ value: Double, _ bytes: Bytes, _ digits: Int) -> Bool {
        let again = String(format: "%.*e", digits - 1, value)
        return DecimalText.significantDigits(again.utf8) == DecimalText.significantDigits(bytes)
    }
}

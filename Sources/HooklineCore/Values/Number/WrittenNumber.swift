/// A number as it is written: its digits as one integer, and the power of ten to multiply them by.
struct WrittenNumber {
    private var isNegative = false
    private var digits: UInt64 = 0
    private var isExact = true
    private var exponent = 0
    /// How many digits there are from the first to the last that is not zero.
    private(set) var significantDigits = 0
    private var trailingZeros = 0

    var isZero: Bool { significantDigits == 0 }

    /// Reads a number; nil if the bytes are not one.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var at = 0
        isNegative = bytes.first == PlainNumber.minus
        if isNegative || bytes.first == PlainNumber.plus { at = 1 }
        let wholeDigits = read(bytes, &at)
        var fractionDigits = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            fractionDigits = read(bytes, &at)
        }
        guard wholeDigits + fractionDigits > 0 else { return nil }
        exponent = -fractionDigits
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            guard let written = PlainNumber.integer(UnsafeBufferPointer(rebasing: bytes[(at + 1)...])) else { return nil }
            exponent += Int(max(-100_000, min(100_000, written)))
            at = bytes.count
        }
        guard at == bytes.count else { return nil }
    }

    /// The value, if it is the product or quotient of two exact Doubles, which IEEE 754 rounds correctly; nil otherwise.
    var exactValue: Double? {
        guard isExact, digits <= 999_999_999_999_999, (-22...22).contains(exponent) else { return nil }
        let value = exponent < 0 ? Double(digits) / Self.powersOfTen[-exponent] : Double(digits) * Self.powersOfTen[exponent]
        return isNegative ? -value : value
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int {
        let start = at
        while at < bytes.count, bytes[at] &- 48 < 10 {
            let digit = UInt64(bytes[at] &- 48)
            let (tenfold, overflow) = digits.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(digit)
            if overflow || carry { isExact = false }
            digits = sum
            if digit != 0 {
                significantDigits += (significantDigits > 0 ? trailingZeros : 0) + 1
                trailingZeros = 0
            } else {
                trailingZeros += 1
            }
            at += 1
        }
        return at - start
    }

    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

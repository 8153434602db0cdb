/// Spells floating-point numbers as PostgreSQL does, so that a text of one is the same whatever it was read from.
enum FloatText {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Replaces the buffer's content with the number.
    ///
    /// PostgreSQL writes the shortest digits that mean the number, without `.0`, and with an exponent below 0.0001 and from a power of 10
    /// on (`double_to_shortest_decimal_buf` in its source). It keeps a last digit where the shorter number would lie exactly between two; that
    /// digit is not written here.
    ///
    /// - Parameters:
    ///   - written: the number in its shortest digits, or for 4 bytes in any, with or without an exponent.
    ///   - exponentFrom: that power: 15 for 8 bytes, 6 for 4.
    ///   - text: the buffer.
    static func write(_ written: Bytes, exponentFrom: Int, to text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        guard let number = shortest(written, exponentFrom) else {
            text += special(written)
            return
        }
        if number.isNegative { text.append(UInt8(ascii: "-")) }
        let (digits, power) = (number.digits, number.power)
        if digits == [zero] {
            text.append(zero)
        } else if power < -4 || power >= exponentFrom {
            text.append(digits[0])
            if digits.count > 1 { text += [point] + digits[1...] }
            text += "e\(power < 0 ? "-" : "+")\(abs(power) < 10 ? "0" : "")\(abs(power))".utf8
        } else if power < 0 {
            text += [zero, point] + [UInt8](repeating: zero, count: -power - 1) + digits
        } else if digits.count <= power + 1 {
            text += digits + [UInt8](repeating: zero, count: power + 1 - digits.count)
        } else {
            text += digits[...power] + [point] + digits[(power + 1)...]
        }
    }

    private static let zero = UInt8(ascii: "0")
    private static let point = UInt8(ascii: ".")

    private static func shortest(_ written: Bytes, _ exponentFrom: Int) -> Parts? {
        guard var number = Parts(written) else { return nil }
        // DuckDB writes more digits of 4 bytes than it takes to tell them apart.
        if exponentFrom == 6, let value = Float(String(decoding: written, as: UTF8.self)) {
            var spelling = "\(value)"
            number = spelling.withUTF8 { Parts($0) } ?? number
        }
        while number.digits.count > 1, number.digits.last == zero { number.digits.removeLast() }
        return number
    }

    private static func special(_ written: Bytes) -> [UInt8] {
        switch String(decoding: written, as: UTF8.self) {
        case "nan": Array("NaN".utf8)
        case "inf": Array("Infinity".utf8)
        case "-inf": Array("-Infinity".utf8)
        default: Array(written)
        }
    }

    /// The significant digits of a number, and the power of 10 of the first.
    private struct Parts {
        var isNegative = false
        var digits: [UInt8] = []
        var power = 0

        /// Nil for text that is not a finite number.
        init?(_ written: Bytes) {
            var (hasPoint, whole, skipped) = (false, 0, 0)
            var at = 0
            if written.first == UInt8(ascii: "-") { (isNegative, at) = (true, 1) }
            while at < written.count, written[at] | 0x20 != UInt8(ascii: "e") {
                let byte = written[at]
                at += 1
                if byte == point, !hasPoint {
                    hasPoint = true
                } else if byte &- 48 < 10 {
                    if !hasPoint { whole += 1 }
                    if digits.isEmpty, byte == zero { skipped += 1 } else { digits.append(byte) }
                } else {
                    return nil
                }
            }
            guard whole > 0 else { return nil }
            var exponent = 0
            if at < written.count {
                guard let number = Int(String(decoding: written[(at + 1)...], as: UTF8.self)) else { return nil }
                exponent = number
            }
            if digits.isEmpty { (digits, skipped) = ([zero], 0) }
            power = whole - 1 - skipped + exponent
        }
    }
}

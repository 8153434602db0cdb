/// An exact sum of decimals, which does not depend on their order.
package struct DecimalSum: Sendable {
    /// The sum in units of 10^-scale.
    private var units: Int128 = 0
    private var scale = 0
    /// What does not fit `units`: nine digits per part, each with a sign; the first part of `whole` is next to the point, as is that of `fraction`.
    private var whole: [Int64] = []
    private var fraction: [Int64] = []
    /// How many numbers were added.
    package private(set) var count = 0

    package init() {}

    /// Adds a number: digits with an optional sign and point, as ``DecimalText/isValid(_:)`` takes them.
    package mutating func add(_ text: some Collection<UInt8>) {
        count += 1
        var value: Int128 = 0
        var (digits, behind, isBehind, isNegative) = (0, 0, false, false)
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): isBehind = true
            default:
                if digits > 0 || byte != 48 { digits += 1 }
                if isBehind { behind += 1 }
                if digits > 30 || behind > 18 { return addLarge(text, isNegative: isNegative) }
                value = value * 10 + Int128(byte &- 48)
            }
        }
        if isNegative { value = -value }
        if behind != scale, !align(&value, behind) { return addLarge(text, isNegative: isNegative) }
        let (sum, overflow) = units.addingReportingOverflow(value)
        if overflow { return addLarge(text, isNegative: isNegative) }
        units = sum
    }

    package mutating func add(_ integer: Int64) { add(Array(String(integer).utf8)) }

    /// Brings `value` and the sum to the same scale.
    ///
    /// - Returns: false if one of them would not fit.
    private mutating func align(_ value: inout Int128, _ behind: Int) -> Bool {
        let power = Self.power(abs(behind - scale))
        let (other, overflow) = (behind < scale ? value : units).multipliedReportingOverflow(by: power)
        if overflow { return false }
        if behind < scale { value = other } else { (units, scale) = (other, behind) }
        return true
    }

    private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 } }

    private mutating func addLarge(_ text: some Collection<UInt8>, isNegative: Bool) {
        let digits = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let parts = Array(digits).split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let sign: Int64 = isNegative ? -1 : 1
        var index = 0
        var rest = Array(parts[0])
        while !rest.isEmpty {
            if whole.count <= index { whole.append(0) }
            whole[index] += sign * Self.number(rest.suffix(9))
            rest.removeLast(min(9, rest.count))
            index += 1
        }
        guard parts.count > 1 else { return }
        rest = Array(parts[1])
        for index in 0..<(rest.count + 8) / 9 {
            if fraction.count <= index { fraction.append(0) }
            let part = rest[(index * 9)..<min(rest.count, index * 9 + 9)]
            fraction[index] += sign * Self.number(part + repeatElement(48, count: 9 - part.count))
        }
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int64 { digits.reduce(0) { $0 * 10 + Int64($1 &- 48) } }

    /// The sum, with no more digits than it needs: `10`, `-2.5`.
    package var text: String {
        let (isNegative, digits, behind) = all
        return Self.text(isNegative, digits, behind)
    }

    /// The sum divided by `count`, rounded half away from zero to ten digits behind the point, or to as many as the numbers have if those are
    /// more; nil without numbers.
    package var average: String? {
        guard count > 0 else { return nil }
        var (isNegative, digits, behind) = all
        let places = max(10, behind)
        digits += repeatElement(0, count: places - behind)
        behind = places
        var (quotient, rest): ([UInt8], Int128) = ([], 0)
        for digit in digits {
            rest = rest * 10 + Int128(digit)
            quotient.append(UInt8(rest / Int128(count)))
            rest %= Int128(count)
        }
        if rest * 2 >= Int128(count) {
            var index = quotient.count - 1
            while index >= 0, quotient[index] == 9 {
                quotient[index] = 0
                index -= 1
            }
            if index >= 0 { quotient[index] += 1 } else { quotient.insert(1, at: 0) }
        }
        return Self.text(isNegative, quotient, behind)
    }

    /// The sign, the digits, and how many of them are behind the point.
    private var all: (isNegative: Bool, digits: [UInt8], behind: Int) {
        if whole.isEmpty, fraction.isEmpty {
            return (units < 0, String(units.magnitude).utf8.map { $0 - 48 }, scale)
        }
        // The small sum joins a copy of the large one.
        var large = self
        (large.units, large.scale) = (0, 0)
        let small = Self.text(units < 0, String(units.magnitude).utf8.map { $0 - 48 }, scale)
        large.addLarge(Array(small.utf8), isNegative: units < 0)
        var parts = Array(large.fraction.reversed()) + large.whole + [0, 0]
        let billion: Int64 = 1_000_000_000
        Self.carry(&parts, billion)
        let isNegative = (parts.last { $0 != 0 } ?? 0) < 0
        if isNegative {
            for index in parts.indices { parts[index] = -parts[index] }
            Self.carry(&parts, billion)
        }
        let digits = parts.reversed().flatMap { part -> [UInt8] in
            let text = String(part)
            return Array(repeating: 0, count: 9 - text.utf8.count) + text.utf8.map { $0 - 48 }
        }
        return (isNegative, digits, large.fraction.count * 9)
    }

    /// Leaves 0 to 999,999,999 in every part but the last, which has the sign.
    private static func carry(_ parts: inout [Int64], _ base: Int64) {
        for index in parts.indices.dropLast() {
            var (carry, rest) = parts[index].quotientAndRemainder(dividingBy: base)
            if rest < 0 { (carry, rest) = (carry - 1, rest + base) }
            parts[index] = rest
            parts[index + 1] += carry
        }
    }

    private static func text(_ isNegative: Bool, _ digits: [UInt8], _ behind: Int) -> String {
        let padded = Array(repeating: 0, count: max(0, behind + 1 - digits.count)) + digits
        var whole = padded.dropLast(behind).drop { $0 == 0 }
        var fraction = padded.suffix(behind)
        while fraction.last == 0 { fraction.removeLast() }
        if whole.isEmpty {
            if fraction.isEmpty { return "0" }
            whole = [0]
        }
        let bytes = whole.map { $0 + 48 } + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction.map { $0 + 48 })
        return (isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self)
    }
}

/// The letters of an international domain as ASCII, and back (RFC 3492).
enum Punycode {
    /// The label that a text without its `xn--` stands for; nil for a text that stands for none.
    static func decoded(_ text: Substring) -> String? {
        guard (1...63).contains(text.utf8.count) else { return nil }
        var rest = text[...]
        var output: [Unicode.Scalar] = []
        if let dash = text.lastIndex(of: "-") {
            output = Array(text[..<dash].unicodeScalars)
            rest = text[text.index(after: dash)...]
        }
        var (code, index, bias) = (128, 0, 72)
        var digits = rest.utf8.makeIterator()
        var next = digits.next()
        while next != nil {
            let start = index
            var (weight, position) = (1, 36)
            while true {
                guard let byte = next, let digit = digit(byte) else { return nil }
                next = digits.next()
                index += digit * weight
                let threshold = min(max(position - bias, 1), 26)
                if digit < threshold { break }
                weight *= 36 - threshold
                position += 36
                guard weight < 1 << 40 else { return nil }
            }
            let count = output.count + 1
            bias = adapted(index - start, count, isFirst: start == 0)
            code += index / count
            index %= count
            guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: output)
        return String(result)
    }

    /// The label in ASCII, without its `xn--`.
    static func encoded(_ label: Substring) -> String {
        let scalars = Array(label.unicodeScalars)
        var output = String(String.UnicodeScalarView(scalars.filter(\.isASCII)))
        let basic = output.count
        if basic > 0 { output.append("-") }
        var (code, delta, bias, handled) = (128, 0, 72, basic)
        while handled < scalars.count {
            guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= code }).min() else { break }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                append(delta, to: &output, bias)
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                (delta, handled) = (0, handled + 1)
            }
            (delta, code) = (delta + 1, code + 1)
        }
        return output
    }

    private static func append(_ delta: Int, to output: inout String, _ bias: Int) {
        var (rest, position) = (delta, 36)
        while true {
            let threshold = min(max(position - bias, 1), 26)
            if rest < threshold { break }
            output.append(character(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            position += 36
        }
        output.append(character(rest))
    }

    private static func character(_ digit: Int) -> Character {
        Character(Unicode.Scalar(UInt8(digit < 26 ? digit + Int(UInt8(ascii: "a")) : digit - 26 + Int(UInt8(ascii: "0")))))
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > 455 {
            delta /= 35
            steps += 36
        }
        return steps + 36 * delta / (delta + 38)
    }
}

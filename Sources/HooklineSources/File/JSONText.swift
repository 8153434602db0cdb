/// Turns the inside of a JSON string into the text that it stands for.
enum JSONText {
    /// A buffer for such texts, used again and again.
    final class Buffer {
        private var text: [UInt8] = []

        /// Hands the text of the inside of a string to the body.
        func with<Result>(_ inside: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
            text.removeAll(keepingCapacity: true)
            JSONText.append(inside, to: &text)
            return text.withUnsafeBufferPointer(body)
        }
    }

    /// Appends the text; the escapes must be those that `JSONScanner` accepts.
    static func append(_ inside: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        var at = 0
        while at < inside.count {
            let byte = inside[at]
            if byte != UInt8(ascii: "\\") {
                text.append(byte)
                at += 1
                continue
            }
            at += 1
            guard at < inside.count else { return }
            if inside[at] == UInt8(ascii: "u") {
                at += 1
                append(scalar(inside, &at), to: &text)
            } else {
                text.append(meaning(of: inside[at]))
                at += 1
            }
        }
    }

    /// The four hexadecimal digits at that position as a UTF-16 code unit.
    static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for at in start..<start + 4 {
            let byte = bytes[at]
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return value
    }

    private static func scalar(_ inside: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Unicode.Scalar {
        let first = unit(inside, at) ?? 0
        at += 4
        guard first & 0xFC00 == 0xD800, let second = unit(inside, at + 2) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        at += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)) ?? "\u{FFFD}"
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
        text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }

    private static func meaning(of letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}

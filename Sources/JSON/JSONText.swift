/// Resolves the escapes inside a JSON string (RFC 8259 §7).
package enum JSONText {
    /// Memory for resolved text, used again and again.
    package final class Buffer {
        private var text: [UInt8] = []

        package init() {}

        /// Hands the resolved text of a string's inside to `body`; it is valid only there.
        package func with<Result>(_ inside: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
            text.removeAll(keepingCapacity: true)
            JSONText.append(inside, to: &text)
            return text.withUnsafeBufferPointer(body)
        }
    }

    /// Appends the text that a string's inside stands for; half of a surrogate pair becomes U+FFFD.
    ///
    /// The escapes must be those that ``JSONScanner`` accepts.
    package static func append(_ inside: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        var position = 0
        while position < inside.count {
            let byte = inside[position]
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                position += 1
                continue
            }
            guard position + 1 < inside.count else { return }
            let letter = inside[position + 1]
            position += 2
            if letter == UInt8(ascii: "u") {
                append(scalar(inside, &position), to: &text)
            } else {
                text.append(meaning(of: letter))
            }
        }
    }

    /// The four hexadecimal digits at that position as a UTF-16 code unit; nil when they are something else.
    static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for position in start..<start + 4 {
            let byte = bytes[position]
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return value
    }

    /// Reads the digits behind `\u`, and the second half of a pair where one follows.
    private static func scalar(_ inside: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Unicode.Scalar {
        let first = codeUnit(inside, position) ?? 0xFFFD
        position += 4
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < inside.count, inside[position] == UInt8(ascii: "\\"),
            inside[position + 1] == UInt8(ascii: "u"), let second = codeUnit(inside, position + 2), second & 0xFC00 == 0xDC00
        else { return "\u{FFFD}" }
        position += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
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

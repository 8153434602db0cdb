/// Turns the inside of a JSON string into text (RFC 8259, section 7).
enum JSONEscapes {
    /// The text, with every escape resolved; half of a surrogate pair becomes U+FFFD.
    ///
    /// The escapes must have been checked already. Throws what `fault` returns when the bytes aren't UTF-8.
    static func resolve(_ content: UnsafeBufferPointer<UInt8>, fault: () -> JSONScanner.Fault) throws -> String {
        var resolved: [UInt8] = []
        resolved.reserveCapacity(content.count)
        var position = 0
        while position < content.count {
            guard content[position] == UInt8(ascii: "\\"), position + 1 < content.count else {
                resolved.append(content[position])
                position += 1
                continue
            }
            if content[position + 1] == UInt8(ascii: "u") {
                let (scalar, length) = scalar(in: content, at: position)
                resolved.append(contentsOf: String(Character(scalar)).utf8)
                position += length
            } else {
                resolved.append(plain(content[position + 1]))
                position += 2
            }
        }
        guard let text = String(validating: resolved, as: UTF8.self) else { throw fault() }
        return text
    }

    /// The value of a hexadecimal digit, or nil.
    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private static func plain(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    private static func scalar(in content: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, length: Int) {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard let first = unit(in: content, at: position) else { return (replacement, content.count - position) }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard (0xD800..<0xDC00).contains(first), let second = unit(in: content, at: position + 6), (0xDC00..<0xE000).contains(second)
        else { return (replacement, 6) }
        return (Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement, 12)
    }

    private static func unit(in content: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32? {
        guard position + 6 <= content.count, content[position] == UInt8(ascii: "\\"), content[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = hexValue(content[position + offset]) else { return nil }
            value = value << 4 | digit
        }
        return value
    }
}

/// Trims white space around text.
///
/// White space is Unicode's White_Space property, which includes no-break spaces, and the zero-width spaces U+180E, U+200B, U+2060,
/// and U+FEFF, which are also invisible. The bytes are UTF-8.
package enum TextTrim {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The range of the text inside the white space; empty if there is none.
    package static func range(of bytes: Bytes) -> Range<Int> {
        var (start, end) = (0, bytes.count)
        while start < end, let length = spaceLength(at: start, bytes, end) { start += length }
        while start < end, let length = spaceLength(before: end, bytes, start) { end -= length }
        return start..<end
    }

    /// The text without the white space around it.
    package static func trimmed(_ bytes: Bytes) -> Bytes {
        guard let first = bytes.first, let last = bytes.last else { return bytes }
        // Most text begins and ends with an ASCII letter or digit.
        if first &- 0x21 < 0x5E, last &- 0x21 < 0x5E { return bytes }
        return Bytes(rebasing: bytes[range(of: bytes)])
    }

    /// Whether the text is empty or only white space.
    package static func isBlank(_ bytes: Bytes) -> Bool { range(of: bytes).isEmpty }

    /// The text without the white space around it.
    package static func trimmed(_ text: String) -> String {
        var text = text
        return text.withUTF8 { String(decoding: trimmed($0), as: UTF8.self) }
    }

    private static func spaceLength(at start: Int, _ bytes: Bytes, _ end: Int) -> Int? {
        let first = bytes[start]
        if first < 0x80 { return isSpace(first) ? 1 : nil }
        if first == 0xC2 { return start + 1 < end && isTwoByteSpace(bytes[start + 1]) ? 2 : nil }
        guard first >= 0xE1, first <= 0xEF, start + 2 < end else { return nil }
        return isSpace(first, bytes[start + 1], bytes[start + 2]) ? 3 : nil
    }

    private static func spaceLength(before end: Int, _ bytes: Bytes, _ start: Int) -> Int? {
        let last = bytes[end - 1]
        if last < 0x80 { return isSpace(last) ? 1 : nil }
        if end - start >= 2, bytes[end - 2] == 0xC2, isTwoByteSpace(last) { return 2 }
        return end - start >= 3 && isSpace(bytes[end - 3], bytes[end - 2], last) ? 3 : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    /// U+0085 and U+00A0.
    private static func isTwoByteSpace(_ second: UInt8) -> Bool { second == 0x85 || second == 0xA0 }

    private static func isSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        // U+1680.
        case (0xE1, 0x9A): third == 0x80
        // U+180E.
        case (0xE1, 0xA0): third == 0x8E
        // U+2000 to U+200B, U+2028, U+2029, U+202F.
        case (0xE2, 0x80): third <= 0x8B || third == 0xA8 || third == 0xA9 || third == 0xAF
        // U+205F, U+2060.
        case (0xE2, 0x81): third == 0x9F || third == 0xA0
        // U+3000.
        case (0xE3, 0x80): third == 0x80
        // U+FEFF.
        case (0xEF, 0xBB): third == 0xBF
        default: false
        }
    }
}

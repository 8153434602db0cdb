/// Walks over a JSON array of scalars (RFC 8259).
struct JSONListParser {
    /// What comes next in the array.
    enum Found {
        /// A string, unescaped, or a number or boolean as it is written.
        case item
        case null
        /// The array has ended, and nothing follows it.
        case end
    }

    private var cursor: ByteCursor
    private var isFirst = true

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        cursor = ByteCursor(bytes)
    }

    /// Enters the array, and returns whether there is one.
    mutating func begins() -> Bool {
        skipSpace()
        return cursor.skip(UInt8(ascii: "["))
    }

    /// Replaces the buffer's content with the next item; nil if the text is not an array of scalars.
    mutating func next(into item: inout [UInt8]) -> Found? {
        item.removeAll(keepingCapacity: true)
        skipSpace()
        if cursor.skip(UInt8(ascii: "]")) {
            skipSpace()
            return cursor.isAtEnd ? .end : nil
        }
        if !isFirst {
            guard cursor.skip(UInt8(ascii: ",")) else { return nil }
            skipSpace()
        }
        isFirst = false
        if cursor.skip(UInt8(ascii: "\"")) { return string(into: &item) ? .item : nil }
        while let byte = cursor.next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"), !Self.isSpace(byte) {
            item.append(byte)
            cursor.at += 1
        }
        switch item {
        case Array("null".utf8): return .null
        case Array("true".utf8), Array("false".utf8): return .item
        default: return Self.isNumber(item) ? .item : nil
        }
    }

    private mutating func string(into item: inout [UInt8]) -> Bool {
        while let byte = cursor.next {
            cursor.at += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape(into: &item) else { return false }
            case ..<0x20: return false
            default: item.append(byte)
            }
        }
        return false
    }

    private mutating func escape(into item: inout [UInt8]) -> Bool {
        guard let letter = cursor.next else { return false }
        cursor.at += 1
        switch UnicodeScalar(letter) {
        case "\"", "\\", "/": item.append(letter)
        case "b": item.append(0x08)
        case "f": item.append(0x0C)
        case "n": item.append(0x0A)
        case "r": item.append(0x0D)
        case "t": item.append(0x09)
        case "u":
            guard let unit = hexadecimal() else { return false }
            var value = unit
            if (0xD800..<0xDC00).contains(unit) {
                guard cursor.skip(UInt8(ascii: "\\")), cursor.skip(UInt8(ascii: "u")), let low = hexadecimal(),
                    (0xDC00..<0xE000).contains(low)
                else { return false }
                value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { return false }
            item.append(contentsOf: UTF8.encode(scalar) ?? .init())
        default: return false
        }
        return true
    }

    private mutating func hexadecimal() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = cursor.next, let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            value = value << 4 | UInt32(digit)
            cursor.at += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while let byte = cursor.next, Self.isSpace(byte) { cursor.at += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func isNumber(_ item: [UInt8]) -> Bool {
        item.first != PlainNumber.plus && item.first != UInt8(ascii: ".")
            && item.withUnsafeBufferPointer { WrittenNumber($0) != nil && !PlainNumber.hasLeadingZero($0) }
    }
}

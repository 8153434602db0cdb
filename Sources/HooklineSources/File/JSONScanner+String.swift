extension JSONScanner {
    /// Steps over a string.
    mutating func string() throws(Fault) -> Value {
        at += 1
        let start = at
        var seen: UInt8 = 0
        var hasEscapes = false
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                let range = start..<at
                at += 1
                if seen >= 0x80 { try checkEncoding(range) }
                return Value(kind: .string, range: range, hasEscapes: hasEscapes)
            }
            if byte < 0x20 { throw Fault(offset: at, message: "a control character in a string is written as an escape") }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape()
            } else {
                seen |= byte
                at += 1
            }
        }
        throw Fault(offset: start - 1, message: "the string that begins here is never closed")
    }

    private mutating func escape() throws(Fault) {
        let start = at
        at += 1
        guard at < bytes.count else { throw missing("an escape") }
        switch bytes[at] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        case UInt8(ascii: "u"):
            at += 1
            let unit = try hexadecimal()
            if unit & 0xF800 != 0xD800 { return }
            // RFC 8259 §8.2 leaves lone surrogates open; no UTF-8 can say them.
            guard unit < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
                throw Fault(offset: start, message: "half of a surrogate pair")
            }
            at += 2
            guard try hexadecimal() & 0xFC00 == 0xDC00 else { throw Fault(offset: start, message: "half of a surrogate pair") }
        default: throw Fault(offset: start, message: "an escape that JSON does not have")
        }
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard at + 4 <= bytes.count, let unit = JSONText.unit(bytes, at) else { throw missing("four hexadecimal digits") }
        at += 4
        return unit
    }

    private func checkEncoding(_ range: Range<Int>) throws(Fault) {
        guard let fault = UTF8Check.firstFault(in: UnsafeBufferPointer(rebasing: bytes[range])) else { return }
        throw Fault(offset: range.lowerBound + fault, message: "a byte that is not UTF-8")
    }
}

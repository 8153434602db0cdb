import Text

extension JSONScanner {
    /// Steps over a string, whose opening quote must come next, and reads it.
    ///
    /// - Throws: ``JSONFault`` when something else comes next, and when the bytes are not UTF-8.
    package mutating func text() throws(JSONFault) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw missing(.string) }
        return try text(of: string())
    }

    /// The text that a string stands for, its escapes resolved.
    ///
    /// - Throws: ``JSONFault`` when the bytes are not UTF-8, which only strings of unchecked text can be.
    package func text(of string: Value) throws(JSONFault) -> String {
        let content = UnsafeBufferPointer(rebasing: bytes[string.range])
        if !string.hasEscapes, let text = String(validating: content, as: UTF8.self) { return text }
        if string.hasEscapes {
            var resolved: [UInt8] = []
            resolved.reserveCapacity(content.count)
            JSONText.append(content, to: &resolved)
            if let text = String(validating: resolved, as: UTF8.self) { return text }
        }
        throw JSONFault(.notUTF8, at: string.range.lowerBound + (UTF8Check.firstFault(in: content) ?? 0))
    }

    /// Whether a string stands for that text.
    package func matches(_ string: Value, _ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        let content = UnsafeBufferPointer(rebasing: bytes[string.range])
        guard string.hasEscapes else { return content.count == wanted.count && content.elementsEqual(wanted) }
        var resolved: [UInt8] = []
        JSONText.append(content, to: &resolved)
        return resolved.elementsEqual(wanted)
    }

    /// Steps over a string; its opening quote is the next byte.
    mutating func string() throws(JSONFault) -> Value {
        // A local position stays in a register, where the property would be stored for each byte.
        var at = position + 1
        let start = at
        var seen: UInt8 = 0
        var hasEscapes = false
        while at < bytes.count {
            at = skipPlain(at, &seen)
            guard at < bytes.count else { break }
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                let range = start..<at
                if seen >= 0x80, policy.checksText { try checkEncoding(range) }
                position = at + 1
                return Value(kind: .string, range: range, hasEscapes: hasEscapes)
            }
            if byte < 0x20 { throw JSONFault(.controlCharacter, at: at) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position = at
                try escape()
                at = position
            } else {
                seen |= byte
                at += 1
            }
        }
        throw JSONFault(.unclosedString, at: start - 1)
    }

    /// The first position from `start` on with a quote, a backslash, or a control character, or less than 8 bytes before the end; `seen` gets
    /// a bit of every byte in between that is not ASCII.
    @inline(__always)
    private func skipPlain(_ start: Int, _ seen: inout UInt8) -> Int {
        guard let memory = UnsafeRawPointer(bytes.baseAddress) else { return start }
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var at = start
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let (quotes, slashes) = (word ^ ones &* 0x22, word ^ ones &* 0x5C)
            // The top bit of each byte that is zero, or less than a space; above the first such byte there may be more.
            let special =
                ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & tops
            guard special == 0 else {
                let count = special.trailingZeroBitCount / 8
                if word & tops & ((1 << (8 * UInt64(count))) - 1) != 0 { seen |= 0x80 }
                return at + count
            }
            if word & tops != 0 { seen |= 0x80 }
            at += 8
        }
        return at
    }

    private mutating func escape() throws(JSONFault) {
        let start = position
        position += 1
        guard position < bytes.count else { throw missing(.escape) }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            let unit = try codeUnit()
            guard policy.checksText, unit & 0xF800 == 0xD800 else { return }
            // RFC 8259 §8.2 leaves lone surrogates open; no UTF-8 can say them.
            guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
            else { throw JSONFault(.loneSurrogate, at: start) }
            position += 2
            guard try codeUnit() & 0xFC00 == 0xDC00 else { throw JSONFault(.loneSurrogate, at: start) }
        default: throw JSONFault(.unknownEscape, at: start)
        }
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw JSONFault(.ends(before: .hexadecimalDigits), at: bytes.count) }
        guard let unit = JSONText.codeUnit(bytes, position) else { throw missing(.hexadecimalDigits) }
        position += 4
        return unit
    }

    private func checkEncoding(_ range: Range<Int>) throws(JSONFault) {
        guard let fault = UTF8Check.firstFault(in: UnsafeBufferPointer(rebasing: bytes[range])) else { return }
        throw JSONFault(.notUTF8, at: range.lowerBound + fault)
    }
}

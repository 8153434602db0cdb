/// Reads the numbers of one column with the marks of its format: before the fraction, between groups of digits, and around the number.
package struct NumberReader: Sendable {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    private let decimal: UInt8
    private let thousands: UInt8?
    private let strip: [[UInt8]]
    /// Whether the format has no marks of its own, as is usual.
    private let isPlain: Bool

    package init(_ format: ColumnFormat) {
        decimal = format.decimal
        thousands = format.thousands
        strip = format.strip.map { Array($0.utf8) }.filter { !$0.isEmpty }
        isPlain = decimal == UInt8(ascii: ".") && thousands == nil && strip.isEmpty
    }

    /// Reads a whole number.
    ///
    /// - Parameters:
    ///   - text: UTF-8, without white space around it.
    ///   - allowsLeadingZeros: whether `007` is 7.
    /// - Returns: nil for text that is not a whole number within 64 bits.
    package func integer(_ text: Bytes, allowsLeadingZeros: Bool = true) -> Int64? {
        plain(text, allowsLeadingZeros, PlainNumber.integer)
    }

    /// Reads a number as a Double; nil for text that is not a number, or that has more digits than a Double keeps.
    package func number(_ text: Bytes, allowsLeadingZeros: Bool = true) -> Double? {
        plain(text, allowsLeadingZeros, PlainNumber.number)
    }

    /// Appends the number as a decimal, exact at any length and without an exponent.
    ///
    /// - Returns: false, with nothing appended, for text that is not a number.
    package func decimal(_ text: Bytes, allowsLeadingZeros: Bool = true, into digits: inout [UInt8]) -> Bool {
        plain(text, allowsLeadingZeros) { DecimalText.append($0, to: &digits) ? true : nil } ?? false
    }

    /// Sample numbers with the column's marks, for messages.
    package var example: String {
        let point = String(UnicodeScalar(decimal))
        let group = thousands.map { String(UnicodeScalar($0)) } ?? ""
        return "12, -0\(point)5 or 1\(group)234\(point)50"
    }

    private func plain<Value>(_ text: Bytes, _ allowsLeadingZeros: Bool, _ read: (Bytes) -> Value?) -> Value? {
        if isPlain { return !allowsLeadingZeros && PlainNumber.hasLeadingZero(text) ? nil : read(text) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, text.count)) { buffer in
            guard let count = write(text, as: buffer) else { return nil }
            let plain = Bytes(rebasing: buffer[..<count])
            return !allowsLeadingZeros && PlainNumber.hasLeadingZero(plain) ? nil : read(plain)
        }
    }

    /// Writes the number in plain notation, and returns its length in bytes; nil if the groups of digits are malformed.
    private func write(_ text: Bytes, as plain: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        var text = bare(text)
        var count = 0
        func put(_ byte: UInt8) {
            plain[count] = byte
            count += 1
        }
        if let sign = text.first, sign == PlainNumber.minus || sign == PlainNumber.plus {
            put(sign)
            text = bare(Bytes(rebasing: text.dropFirst()))
        }
        // Digits since the last mark; nil in the fraction.
        var group: Int? = 0
        var hasGroups = false
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte == decimal {
                if hasGroups, group != 3 { return nil }
                guard group != nil else { return nil }
                group = nil
                put(UInt8(ascii: "."))
            } else if let length = mark(text, at) {
                guard let digits = group, hasGroups ? digits == 3 : (1...3).contains(digits) else { return nil }
                (group, hasGroups) = (0, true)
                at += length - 1
            } else if byte == UInt8(ascii: "."), decimal != byte {
                return nil
            } else {
                if byte &- 48 < 10 { group = group.map { $0 + 1 } } else if hasGroups, group != nil, group != 3 { return nil }
                put(byte)
            }
            at += 1
        }
        return hasGroups && group != nil && group != 3 ? nil : count
    }

    /// The length in bytes of the group mark at an index; nil if there is none.
    ///
    /// A space also means the no-break and thin spaces, and an apostrophe also the typographic one, as they are printed.
    private func mark(_ text: Bytes, _ at: Int) -> Int? {
        guard let thousands else { return nil }
        if text[at] == thousands { return 1 }
        guard thousands == 0x20 || thousands == UInt8(ascii: "'") else { return nil }
        let rest = text[at...]
        if thousands == 0x20 {
            if rest.starts(with: [0xC2, 0xA0]) { return 2 }
            return rest.starts(with: [0xE2, 0x80, 0xAF]) || rest.starts(with: [0xE2, 0x80, 0x89]) ? 3 : nil
        }
        return rest.starts(with: [0xE2, 0x80, 0x99]) ? 3 : nil
    }

    /// The text without white space and the texts of `strip` at either end, however often they are repeated.
    private func bare(_ text: Bytes) -> Bytes {
        var text = TextTrim.trimmed(text)
        var isChanged = true
        while isChanged {
            isChanged = false
            for word in strip where text.count >= word.count {
                if text.starts(with: word) {
                    text = TextTrim.trimmed(Bytes(rebasing: text[word.count...]))
                    isChanged = true
                } else if text.suffix(word.count).elementsEqual(word) {
                    text = TextTrim.trimmed(Bytes(rebasing: text[..<(text.count - word.count)]))
                    isChanged = true
                }
            }
        }
        return text
    }
}

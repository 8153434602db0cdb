/// Walks over the bytes of one value. Not generic, because a value of another module's buffer would cost a call a byte.
struct ByteCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { at >= bytes.count }
    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// Exactly so many digits, as a number.
    mutating func digits(_ count: Int) -> Int? {
        guard at + count <= bytes.count else { return nil }
        var value = 0
        for place in at..<at + count {
            let digit = bytes[place] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        at += count
        return value
    }

    /// As many digits as there are up to a limit, and at least one, as a number.
    mutating func digits(upTo limit: Int) -> Int? {
        var count = 0
        while count < limit, at + count < bytes.count, bytes[at + count] &- 48 < 10 { count += 1 }
        return count == 0 ? nil : digits(count)
    }

    /// Steps over one byte if it is that one.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    /// Steps over as many digits as there are, and says how many.
    mutating func skipDigits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] &- 48 < 10 { at += 1 }
        return at - start
    }

    /// Steps over as many spaces as there are, and says how many.
    mutating func skipSpaces() -> Int {
        let start = at
        while skip(0x20) {}
        return at - start
    }

    /// Steps over a word of ASCII letters in any case, if it stands there; the word is given in lower case.
    mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for place in 0..<count where bytes[at + place] | 0x20 != word.utf8Start[place] { return false }
        at += count
        return true
    }
}

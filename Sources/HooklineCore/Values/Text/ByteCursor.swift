/// Walks over the bytes of one value. It is not generic, because another module's generic code would cost a call per byte.
struct ByteCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { at >= bytes.count }
    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// Reads exactly `count` digits as a number; nil if there are fewer.
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

    /// Reads 1 to `limit` digits as a number; nil if there are none.
    mutating func digits(upTo limit: Int) -> Int? {
        var count = 0
        while count < limit, at + count < bytes.count, bytes[at + count] &- 48 < 10 { count += 1 }
        return count == 0 ? nil : digits(count)
    }

    /// Skips the next byte if it is the given one, and returns whether it was.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    /// Skips all digits, and returns how many there were.
    mutating func skipDigits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] &- 48 < 10 { at += 1 }
        return at - start
    }

    /// Skips all spaces, and returns how many there were.
    mutating func skipSpaces() -> Int {
        let start = at
        while skip(0x20) {}
        return at - start
    }

    /// Skips a word of ASCII letters in any case if it comes next, and returns whether it did. `word` is in lowercase.
    mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for place in 0..<count where bytes[at + place] | 0x20 != word.utf8Start[place] { return false }
        at += count
        return true
    }
}

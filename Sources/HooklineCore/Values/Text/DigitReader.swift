/// Reads ASCII digits and separators from bytes.
struct DigitReader<Bytes: Collection<UInt8>> {
    private let bytes: Bytes
    private var index: Bytes.Index

    init(_ bytes: Bytes) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }
    var next: UInt8? { isAtEnd ? nil : bytes[index] }

    /// Reads exactly `count` digits as a number; nil if there are fewer.
    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let byte = next, byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
            index = bytes.index(after: index)
        }
        return value
    }

    /// Skips the next byte if it is `byte`.
    ///
    /// - Returns: whether it is.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index = bytes.index(after: index)
        return true
    }

    /// Skips all digits that follow.
    ///
    /// - Returns: how many.
    mutating func skipDigits() -> Int {
        var count = 0
        while let byte = next, byte >= 48, byte <= 57 {
            index = bytes.index(after: index)
            count += 1
        }
        return count
    }
}

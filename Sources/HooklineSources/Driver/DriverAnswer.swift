/// Reads the numbers and texts of a reader's answer, one after the other.
struct DriverAnswer {
    private let bytes: [UInt8]
    private var at: Int

    init(_ bytes: [UInt8], at start: Int = 0) {
        self.bytes = bytes
        at = start
    }

    var isAtEnd: Bool { at >= bytes.count }

    /// The next 32-bit number; nil behind the last.
    mutating func number() -> Int? {
        guard at + 4 <= bytes.count else { return nil }
        defer { at += 4 }
        return bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: Int32.self)) }
    }

    /// The place of the next text; nil for NULL, and `found` is false behind the last.
    mutating func place() -> (found: Bool, range: Range<Int>?) {
        guard let count = number() else { return (false, nil) }
        if count < 0 { return (true, nil) }
        guard at + count <= bytes.count else { return (false, nil) }
        defer { at += count }
        return (true, at..<at + count)
    }

    mutating func text() -> String? { place().range.map { String(decoding: bytes[$0], as: UTF8.self) } }

    /// A text as a request has it.
    static func bytes(of text: String) -> [UInt8] { bytes(of: Int32(text.utf8.count)) + Array(text.utf8) }

    static func bytes(of number: Int32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
}

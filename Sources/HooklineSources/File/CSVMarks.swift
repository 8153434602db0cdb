/// The bytes with a special meaning in a CSV file.
final class CSVMarks {
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// The meaning of a byte outside quotes.
    enum Mark: UInt8 {
        case none, delimiter, lineFeed, carriageReturn, quote, nul
    }

    private let table: UnsafeMutablePointer<Mark>

    /// - Throws: `sources.bad_delimiter` if the delimiter is not ASCII or has another meaning.
    init(_ format: CSVFormat, path: String) throws {
        let delimiter = format.delimiter
        let taken = [Self.quote, Self.lineFeed, Self.carriageReturn, 0, format.escapeByte]
        guard delimiter < 0x80, !taken.contains(delimiter) else {
            throw SourceError(
                .badDelimiter, at: .init(path),
                "the delimiter has the byte value \(delimiter); it must be one ASCII character other than a quote, a line end, NUL, and the "
                    + "character of `escape`, such as a comma, a semicolon, or a tab")
        }
        table = .allocate(capacity: 256)
        table.initialize(repeating: .none, count: 256)
        table[Int(delimiter)] = .delimiter
        table[Int(Self.lineFeed)] = .lineFeed
        table[Int(Self.carriageReturn)] = .carriageReturn
        table[Int(Self.quote)] = .quote
        table[0] = .nul
    }

    deinit {
        table.deallocate()
    }

    /// The meaning of a byte.
    subscript(byte: UInt8) -> Mark { table[Int(byte)] }

    /// Whether a byte is part of an unquoted field.
    func isPlain(_ byte: UInt8) -> Bool { table[Int(byte)] == .none }
}

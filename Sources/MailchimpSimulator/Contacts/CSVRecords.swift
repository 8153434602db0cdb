/// Splits CSV bytes into records (RFC 4180); empty lines are skipped.
struct CSVRecords {
    struct Record {
        /// The line where the record begins, from 1.
        var line: Int
        var fields: [[UInt8]]
    }

    struct Malformed: Error {
        var line: Int
        var message: String
    }

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() throws(Malformed) -> Record? {
        while skipLineEnd() {}
        guard position < bytes.count else { return nil }
        var record = Record(line: line, fields: [])
        repeat {
            record.fields.append(try field())
        } while skip(UInt8(ascii: ","))
        guard position == bytes.count || skipLineEnd() else {
            throw Malformed(line: line, message: "text follows a closing quote; quote a field as a whole or not at all")
        }
        return record
    }

    private mutating func field() throws(Malformed) -> [UInt8] {
        guard skip(UInt8(ascii: "\"")) else { return try bareField() }
        let start = line
        var field: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "\""), !skip(UInt8(ascii: "\"")) { return field }
            field.append(byte)
        }
        throw Malformed(line: start, message: "a quoted field has no closing quote")
    }

    private mutating func bareField() throws(Malformed) -> [UInt8] {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return Array(bytes[start..<position])
            case UInt8(ascii: "\""):
                throw Malformed(line: line, message: "a quote is inside a field without quotes; quote the field, and double the quote")
            default: position += 1
            }
        }
        return Array(bytes[start...])
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipLineEnd() -> Bool {
        let hadReturn = skip(UInt8(ascii: "\r"))
        let hadFeed = skip(UInt8(ascii: "\n"))
        if hadReturn || hadFeed { line += 1 }
        return hadReturn || hadFeed
    }
}

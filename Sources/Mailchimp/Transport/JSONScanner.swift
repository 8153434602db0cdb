/// Walks through JSON once and hands over only what is asked for; all the rest is checked and skipped (RFC 8259).
///
/// The answer to 500 changes describes 500 contacts in some hundred thousand bytes, of which we need the addresses: decoding
/// it whole costs ten times as much. Strict about grammar, so that an answer that was cut off never passes for a shorter one.
/// Bytes of strings that are skipped aren't checked for UTF-8.
struct JSONScanner {
    /// What is wrong, and at which byte.
    enum Fault: Error, Equatable {
        case truncated(at: Int)
        case unexpected(at: Int)
        case tooDeep(at: Int)
    }

    /// The name of a field, compared without making a string of it.
    struct Key {
        fileprivate let raw: UnsafeBufferPointer<UInt8>
        fileprivate let decoded: String?

        /// Whether the field has this name.
        func matches(_ name: StaticString) -> Bool {
            if let decoded { return decoded == name.description }
            guard raw.count == name.utf8CodeUnitCount else { return false }
            return raw.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        }
    }

    /// How deep arrays and objects may nest; Mailchimp's answers reach about six.
    static let deepest = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    /// Reads a whole document: `read` takes its one value, and nothing but white space may follow.
    static func scan<Value>(_ bytes: [UInt8], _ read: (inout JSONScanner) throws -> Value) throws -> Value {
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(bytes: buffer)
            let value = try read(&scanner)
            scanner.skipSpace()
            guard scanner.position == buffer.count else { throw Fault.unexpected(at: scanner.position) }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Whether the next value begins with this byte.
    mutating func isNext(_ byte: Character) -> Bool {
        skipSpace()
        return position < bytes.count && bytes[position] == byte.asciiValue
    }

    /// Reads an object; `field` must take or skip exactly one value for each field.
    mutating func object(_ field: (inout JSONScanner, Key) throws -> Void) throws {
        try open(UInt8(ascii: "{"))
        if try take(ifNext: UInt8(ascii: "}")) { return depth -= 1 }
        repeat {
            let key = try key()
            try expect(UInt8(ascii: ":"))
            try field(&self, key)
        } while try goesOn(until: UInt8(ascii: "}"))
    }

    /// Reads an array; `element` must take or skip exactly one value each time.
    mutating func array(_ element: (inout JSONScanner) throws -> Void) throws {
        try open(UInt8(ascii: "["))
        if try take(ifNext: UInt8(ascii: "]")) { return depth -= 1 }
        repeat { try element(&self) } while try goesOn(until: UInt8(ascii: "]"))
    }

    /// Reads a string. Half of a surrogate pair becomes U+FFFD.
    mutating func string() throws -> String {
        let (content, hasEscapes) = try stringContent()
        if hasEscapes { return try JSONEscapes.resolve(content) { Fault.unexpected(at: position) } }
        guard let text = String(validating: content, as: UTF8.self) else { throw Fault.unexpected(at: position) }
        return text
    }

    /// Checks and skips one value of any kind.
    mutating func skip() throws {
        switch try peek() {
        case UInt8(ascii: "{"): try object { scanner, _ in try scanner.skip() }
        case UInt8(ascii: "["): try array { try $0.skip() }
        case UInt8(ascii: "\""): _ = try stringContent()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: try number()
        }
    }

    private mutating func open(_ bracket: UInt8) throws {
        try expect(bracket)
        depth += 1
        guard depth <= Self.deepest else { throw Fault.tooDeep(at: position) }
    }

    private mutating func goesOn(until bracket: UInt8) throws -> Bool {
        if try take(ifNext: UInt8(ascii: ",")) { return true }
        try expect(bracket)
        depth -= 1
        return false
    }

    private mutating func key() throws -> Key {
        let (raw, hasEscapes) = try stringContent()
        let decoded = hasEscapes ? try JSONEscapes.resolve(raw) { Fault.unexpected(at: position) } : nil
        return Key(raw: raw, decoded: decoded)
    }

    private mutating func stringContent() throws -> (UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return (UnsafeBufferPointer(rebasing: bytes[start..<position]), hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape()
            } else if byte < 0x20 {
                throw Fault.unexpected(at: position)
            } else {
                position += 1
            }
        }
        throw Fault.truncated(at: position)
    }

    private mutating func escape() throws {
        position += 1
        guard position < bytes.count else { throw Fault.truncated(at: position) }
        switch bytes[position] {
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard position < bytes.count else { throw Fault.truncated(at: position) }
                guard JSONEscapes.hexValue(bytes[position]) != nil else { throw Fault.unexpected(at: position) }
                position += 1
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        default:
            throw Fault.unexpected(at: position)
        }
    }

    private mutating func number() throws {
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    private mutating func digits() throws {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        guard position > start else { throw position < bytes.count ? Fault.unexpected(at: position) : Fault.truncated(at: position) }
    }

    private mutating func literal(_ word: StaticString) throws {
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count else { throw Fault.truncated(at: position) }
            guard bytes[position] == word.utf8Start[offset] else { throw Fault.unexpected(at: position) }
            position += 1
        }
    }

    private mutating func peek() throws -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw Fault.truncated(at: position) }
        return bytes[position]
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard try peek() == byte else { throw Fault.unexpected(at: position) }
        position += 1
    }

    private mutating func take(ifNext byte: UInt8) throws -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }
}

/// Walks over JSON text (RFC 8259), strictly: nothing is skipped that was not checked.
///
/// Beyond the RFC: strings are UTF-8 without lone surrogates, and values nest at most `depthLimit` deep.
struct JSONScanner {
    /// How deep arrays and objects may nest.
    static let depthLimit = 128

    /// Why the text is no JSON, and where.
    struct Fault: Error {
        /// The position of the first byte that cannot stand where it stands.
        let offset: Int
        /// What stands there instead of what.
        let message: String
    }

    /// What kind of value stands somewhere.
    enum Kind: UInt8 {
        case null, boolean, number, string, array, object
    }

    /// Where a value stands in the text.
    struct Value {
        let kind: Kind
        /// Its bytes; for strings without the quotes.
        let range: Range<Int>
        /// Whether a string has escapes.
        let hasEscapes: Bool
    }

    /// The position of the next byte.
    var at = 0
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Whether the bytes are one JSON value, and nothing else but white space around it.
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = JSONScanner(bytes)
        do {
            _ = try scanner.value(depth: 0)
            try scanner.end()
            return true
        } catch {
            return false
        }
    }

    /// The next byte that is not white space; nil at the end.
    mutating func peek() -> UInt8? {
        while at < bytes.count {
            let byte = bytes[at]
            if byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) { return byte }
            at += 1
        }
        return nil
    }

    /// Steps over that byte, and the white space before it, if it comes next.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        at += 1
        return true
    }

    /// Steps over that byte.
    mutating func expect(_ byte: UInt8, _ what: String) throws(Fault) {
        if !skip(byte) { throw missing(what) }
    }

    /// Nothing but white space follows.
    mutating func end() throws(Fault) {
        if peek() != nil { throw Fault(offset: at, message: "text follows the value") }
    }

    /// Steps over a value of any kind.
    mutating func value(depth: Int) throws(Fault) -> Value {
        guard let first = peek() else { throw missing("a value") }
        let start = at
        switch first {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"):
            try object(depth: depth)
            return Value(kind: .object, range: start..<at, hasEscapes: false)
        case UInt8(ascii: "["):
            try array(depth: depth)
            return Value(kind: .array, range: start..<at, hasEscapes: false)
        case UInt8(ascii: "t"): return try literal("true", .boolean)
        case UInt8(ascii: "f"): return try literal("false", .boolean)
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), 48...57: return try number()
        default: throw missing("a value")
        }
    }

    /// Steps into the object that comes next; `nextKey` and `value` then go over its members.
    mutating func beginObject(depth: Int) throws(Fault) {
        if depth >= Self.depthLimit { throw Fault(offset: at, message: "values nest deeper than \(Self.depthLimit)") }
        try expect(UInt8(ascii: "{"), "an object")
    }

    /// The next key of the object that was begun, with the colon behind it; nil at the end of the object.
    mutating func nextKey(isFirst: Bool) throws(Fault) -> Value? {
        if skip(UInt8(ascii: "}")) { return nil }
        if !isFirst { try expect(UInt8(ascii: ","), "a comma or the end of the object") }
        guard peek() == UInt8(ascii: "\"") else { throw missing("a key in double quotes") }
        let key = try string()
        try expect(UInt8(ascii: ":"), "a colon")
        return key
    }

    private mutating func object(depth: Int) throws(Fault) {
        try beginObject(depth: depth)
        var isFirst = true
        while try nextKey(isFirst: isFirst) != nil {
            _ = try value(depth: depth + 1)
            isFirst = false
        }
    }

    private mutating func array(depth: Int) throws(Fault) {
        if depth >= Self.depthLimit { throw Fault(offset: at, message: "values nest deeper than \(Self.depthLimit)") }
        at += 1
        if skip(UInt8(ascii: "]")) { return }
        while true {
            _ = try value(depth: depth + 1)
            if skip(UInt8(ascii: "]")) { return }
            try expect(UInt8(ascii: ","), "a comma or the end of the array")
        }
    }

    private mutating func literal(_ word: StaticString, _ kind: Kind) throws(Fault) -> Value {
        let start = at
        for index in 0..<word.utf8CodeUnitCount {
            guard at < bytes.count, bytes[at] == word.utf8Start[index] else { throw missing("true, false or null") }
            at += 1
        }
        return Value(kind: kind, range: start..<at, hasEscapes: false)
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(Fault) -> Value {
        let start = at
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = at
        if digits() == 0 { throw missing("a digit") }
        if bytes[whole] == 48, at - whole > 1 { throw Fault(offset: whole, message: "a number begins with a zero") }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            if digits() == 0 { throw missing("a digit") }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            if digits() == 0 { throw missing("a digit") }
        }
        return Value(kind: .number, range: start..<at, hasEscapes: false)
    }

    private mutating func digits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 { at += 1 }
        return at - start
    }

    /// Something else stands here, or nothing. Says which of both, and never what.
    func missing(_ what: String) -> Fault {
        Fault(offset: at, message: at < bytes.count ? "\(what) should stand here" : "the line ends where \(what) should stand")
    }
}

extension JSONScanner {
    /// Steps over a value of any kind.
    ///
    /// - Throws: ``JSONFault`` when it is not JSON.
    package mutating func value() throws(JSONFault) -> Value {
        guard let first = peek() else { throw missing(.value) }
        let start = position
        switch first {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"):
            try object()
            return Value(kind: .object, range: start..<position)
        case UInt8(ascii: "["):
            try array()
            return Value(kind: .array, range: start..<position)
        case UInt8(ascii: "t"): return try word("true", .boolean)
        case UInt8(ascii: "f"): return try word("false", .boolean)
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 48...57: return try number()
        default: throw missing(.value)
        }
    }

    /// The kind of the value that comes next, by its first byte; nil when none does.
    package mutating func nextKind() -> Kind? {
        guard let first = peek() else { return nil }
        return switch first {
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "-"), 48...57: .number
        default: nil
        }
    }

    private mutating func object() throws(JSONFault) {
        try beginObject()
        while try nextKey() != nil { _ = try value() }
    }

    private mutating func array() throws(JSONFault) {
        try beginArray()
        while try nextElement() { _ = try value() }
    }

    private mutating func word(_ word: StaticString, _ kind: Kind) throws(JSONFault) -> Value {
        let start = position
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[index] else { throw missing(.word) }
            position += 1
        }
        return Value(kind: kind, range: start..<position)
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(JSONFault) -> Value {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let whole = position
        try digits()
        if bytes[whole] == 48, position - whole > 1 { throw JSONFault(.leadingZero, at: whole) }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return Value(kind: .number, range: start..<position)
    }

    private mutating func digits() throws(JSONFault) {
        var at = position
        while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 { at += 1 }
        guard at > position else { throw missing(.digit) }
        position = at
    }
}

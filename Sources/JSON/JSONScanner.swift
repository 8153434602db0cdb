/// Walks through JSON once (RFC 8259), checks all of it, and says where each value stands; copies nothing until it is asked to.
///
/// Numbers and strings are handed over as ranges of bytes, so a number keeps every digit it was written with. Of a key that comes
/// twice both are seen: which one counts is for the caller to say. A text that was cut off never passes for a shorter one.
package struct JSONScanner {
    /// What a scanner accepts beyond, or within, the grammar.
    package struct Policy: Sendable {
        /// How deep arrays and objects may nest.
        package let depthLimit: Int
        /// Whether every string must be UTF-8 without half of a surrogate pair, the skipped ones included.
        ///
        /// Otherwise strings that are skipped aren't checked, and ``JSONScanner/text()`` reads half of a pair as U+FFFD.
        package let checksText: Bool

        package init(depthLimit: Int, checksText: Bool) {
            self.depthLimit = depthLimit
            self.checksText = checksText
        }

        /// For data that must come out as it went in: text is checked, 128 levels.
        package static let strict = Policy(depthLimit: 128, checksText: true)
    }

    /// The kind of a value.
    package enum Kind: UInt8, Sendable {
        case null, boolean, number, string, array, object
    }

    /// Where a value stands in the text.
    package struct Value: Sendable {
        package let kind: Kind
        /// Its bytes; for strings without the quotes.
        package let range: Range<Int>
        /// Whether a string has escapes.
        package let hasEscapes: Bool

        package init(kind: Kind, range: Range<Int>, hasEscapes: Bool = false) {
            self.kind = kind
            self.range = range
            self.hasEscapes = hasEscapes
        }
    }

    /// The text; it must outlive the scanner.
    package let bytes: UnsafeBufferPointer<UInt8>
    /// The position of the next byte.
    package internal(set) var position = 0
    private var depth = 0
    /// Whether an array or object has just begun, so that no comma comes first.
    private var isAtStart = false
    let policy: Policy

    package init(_ bytes: UnsafeBufferPointer<UInt8>, policy: Policy = .strict) {
        self.bytes = bytes
        self.policy = policy
    }

    /// Hands a scanner of the whole text to `read`, which must take exactly one value.
    ///
    /// - Throws: what `read` throws, and ``JSONFault`` when anything but white space follows the value.
    package static func scan<Result>(
        _ bytes: [UInt8], policy: Policy = .strict, _ read: (inout JSONScanner) throws(JSONFault) -> Result
    ) throws(JSONFault) -> Result {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
            var scanner = JSONScanner(buffer, policy: policy)
            let result = try read(&scanner)
            try scanner.end()
            return result
        }
    }

    /// Whether the bytes are one JSON value, and nothing else but white space around it.
    package static func isValid(_ bytes: UnsafeBufferPointer<UInt8>, policy: Policy = .strict) -> Bool {
        var scanner = JSONScanner(bytes, policy: policy)
        do {
            _ = try scanner.value()
            try scanner.end()
            return true
        } catch {
            return false
        }
    }

    /// The next byte that is not white space, which stays the next; nil at the end.
    @inline(__always)
    package mutating func peek() -> UInt8? {
        var at = position
        while at < bytes.count {
            let byte = bytes[at]
            if byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) {
                position = at
                return byte
            }
            at += 1
        }
        position = at
        return nil
    }

    /// Steps into the object that comes next; ``nextKey()`` and ``value()`` then go over its members.
    ///
    /// - Throws: ``JSONFault`` when something else comes next, or too deep.
    package mutating func beginObject() throws(JSONFault) {
        try begin(UInt8(ascii: "{"), .object)
    }

    /// Steps to the next key of the innermost object, and over its colon; nil at the end of the object.
    ///
    /// - Throws: ``JSONFault`` when something else comes next.
    package mutating func nextKey() throws(JSONFault) -> Value? {
        guard try nextMember(until: UInt8(ascii: "}"), .commaOrObjectEnd) else { return nil }
        guard peek() == UInt8(ascii: "\"") else { throw missing(.key) }
        let key = try string()
        guard peek() == UInt8(ascii: ":") else { throw missing(.colon) }
        position += 1
        return key
    }

    /// Steps into the array that comes next; ``nextElement()`` and ``value()`` then go over its elements.
    ///
    /// - Throws: ``JSONFault`` when something else comes next, or too deep.
    package mutating func beginArray() throws(JSONFault) {
        try begin(UInt8(ascii: "["), .array)
    }

    /// Whether the innermost array has another element, which then comes next.
    ///
    /// - Throws: ``JSONFault`` when something else comes next.
    package mutating func nextElement() throws(JSONFault) -> Bool {
        try nextMember(until: UInt8(ascii: "]"), .commaOrArrayEnd)
    }

    /// Checks that nothing but white space follows.
    ///
    /// - Throws: ``JSONFault`` when something does.
    package mutating func end() throws(JSONFault) {
        if peek() != nil { throw JSONFault(.trailingText, at: position) }
    }

    /// Something else stands here, or nothing.
    package func missing(_ what: JSONFault.Expectation) -> JSONFault {
        JSONFault(position < bytes.count ? .expected(what) : .ends(before: what), at: position)
    }

    @inline(__always)
    private mutating func begin(_ bracket: UInt8, _ what: JSONFault.Expectation) throws(JSONFault) {
        guard peek() == bracket else { throw missing(what) }
        guard depth < policy.depthLimit else { throw JSONFault(.tooDeep(limit: policy.depthLimit), at: position) }
        depth += 1
        position += 1
        isAtStart = true
    }

    @inline(__always)
    private mutating func nextMember(until bracket: UInt8, _ what: JSONFault.Expectation) throws(JSONFault) -> Bool {
        let next = peek()
        defer { isAtStart = false }
        if next == bracket {
            depth -= 1
            position += 1
            return false
        }
        if isAtStart { return true }
        guard next == UInt8(ascii: ",") else { throw missing(what) }
        position += 1
        return true
    }
}

/// A statement's text, looked through for what is code in it: everything but texts, quoted names, and comments.
struct StatementText {
    /// The text without a semicolon at its end, or anything behind it.
    let body: String
    /// Whether nothing but blanks and comments is behind that semicolon.
    let isAlone: Bool
    /// Its first word, in upper case.
    let firstWord: String

    /// - Parameter text: one statement, which the server has accepted.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        var (at, end) = (0, bytes.count)
        var word: Range<Int>?
        while at < bytes.count {
            let next = Self.skip(bytes, at)
            if next > at {
                at = next
                continue
            }
            if bytes[at] == UInt8(ascii: ";") {
                end = at
                break
            }
            if word == nil, Self.isLetter(bytes[at]) {
                let start = at
                while at < bytes.count, Self.isLetter(bytes[at]) { at += 1 }
                word = start..<at
                continue
            }
            at += 1
        }
        body = String(decoding: bytes[..<end], as: UTF8.self)
        isAlone = Self.isBlank(bytes, from: end + 1)
        firstWord = word.map { String(decoding: bytes[$0], as: UTF8.self).uppercased() } ?? ""
    }

    /// Whether it is a query: SELECT, WITH, or VALUES, perhaps in parentheses. TABLE, SHOW, EXPLAIN, and FETCH do not count.
    var isQuery: Bool { ["SELECT", "WITH", "VALUES"].contains(firstWord) }

    private static func isBlank(_ bytes: [UInt8], from start: Int) -> Bool {
        var at = start
        while at < bytes.count {
            let next = bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "/") ? skip(bytes, at) : at
            if next == at, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ";") { return false }
            at = max(next, at + 1)
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") }

    /// The place behind the text, name, or comment that begins at a place; the place itself if none does.
    static func skip(_ bytes: [UInt8], _ start: Int) -> Int {
        func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        switch bytes[start] {
        case UInt8(ascii: "'"):
            let before = start > 0 ? bytes[start - 1] | 0x20 : 0
            let isEscaped = before == UInt8(ascii: "e") && (start < 2 || !isPartOfName(bytes[start - 2]))
            return quoted(bytes, start, isEscaped: isEscaped)
        case UInt8(ascii: "\""): return quoted(bytes, start, isEscaped: false)
        case UInt8(ascii: "-") where at(start + 1) == UInt8(ascii: "-"):
            return bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        case UInt8(ascii: "/") where at(start + 1) == UInt8(ascii: "*"): return comment(bytes, start)
        case UInt8(ascii: "$") where start == 0 || !isPartOfName(bytes[start - 1]): return dollars(bytes, start)
        default: return start
        }
    }

    static func isPartOfName(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    private static func quoted(_ bytes: [UInt8], _ start: Int, isEscaped: Bool) -> Int {
        var at = start + 1
        while at < bytes.count {
            if isEscaped, bytes[at] == UInt8(ascii: "\\") {
                at += 2
            } else if bytes[at] == bytes[start] {
                // A doubled quote begins another text at once, which comes to the same.
                return at + 1
            } else {
                at += 1
            }
        }
        return bytes.count
    }

    /// Comments nest.
    private static func comment(_ bytes: [UInt8], _ start: Int) -> Int {
        var (at, depth) = (start, 0)
        while at + 1 < bytes.count {
            let pair = (bytes[at], bytes[at + 1])
            if pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
                (depth, at) = (depth + 1, at + 2)
            } else if pair == (UInt8(ascii: "*"), UInt8(ascii: "/")) {
                (depth, at) = (depth - 1, at + 2)
                if depth == 0 { return at }
            } else {
                at += 1
            }
        }
        return bytes.count
    }

    /// `$$ … $$` or `$tag$ … $tag$`; a `$1` is no text.
    private static func dollars(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "$"), isPartOfName(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), bytes[start + 1] &- 48 >= 10 else { return start }
        let tag = bytes[start...end]
        var at = end + 1
        while at + tag.count <= bytes.count {
            if bytes[at] == tag[start], bytes[at..<at + tag.count].elementsEqual(tag) { return at + tag.count }
            at += 1
        }
        return bytes.count
    }
}

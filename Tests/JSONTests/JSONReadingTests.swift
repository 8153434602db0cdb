import JSON
import Testing

@Suite("Reading values out of JSON")
struct JSONReadingTests {
    private static let lenient = JSONScanner.Policy(depthLimit: 64, checksText: false)

    private func text(_ json: [UInt8], _ policy: JSONScanner.Policy) throws(JSONFault) -> String {
        try JSONScanner.scan(json, policy: policy) { scanner throws(JSONFault) in try scanner.text() }
    }

    @Test(
        "escapes become what they stand for",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC\u0000""#, "Aé€\u{0}"), (#""\ud83d\ude00""#, "😀"),
            (#""\uD83D\uDE42é\n""#, "🙂é\n"), (#""""#, ""), (#""plain""#, "plain"),
        ])
    func escapes(json: String, expected: String) throws {
        #expect(try text(Array(json.utf8), .strict) == expected)
        #expect(try text(Array(json.utf8), Self.lenient) == expected)
    }

    @Test(
        "half of a surrogate pair is refused in checked text, and becomes U+FFFD in unchecked text",
        arguments: [
            (#""\ud83d!""#, "\u{FFFD}!"), (#""\ude00\u0041""#, "\u{FFFD}A"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d""#, "\u{FFFD}"),
        ])
    func loneSurrogates(json: String, expected: String) throws {
        #expect(try text(Array(json.utf8), Self.lenient) == expected)
        #expect(throws: JSONFault(.loneSurrogate, at: 1)) {
            try text(Array(json.utf8), .strict)
        }
    }

    @Test("unchecked text that isn't UTF-8 is skipped, and refused when it is read")
    func notUTF8() throws {
        for bytes: [UInt8] in [[0x22, 0x61, 0xFF, 0x22], [0x22, 0x61, 0xC3, 0x5C, 0x6E, 0x22]] {
            try JSONScanner.scan(bytes, policy: Self.lenient) { scanner throws(JSONFault) in _ = try scanner.value() }
            #expect(throws: JSONFault(.notUTF8, at: 2)) { try text(bytes, Self.lenient) }
            #expect(throws: JSONFault(.notUTF8, at: 2)) { try text(bytes, .strict) }
        }
    }

    @Test("a key is known by what it stands for, however it is spelled, and both of a pair are seen")
    func keys() throws {
        let bytes = Array(#"{"\u0061b":1,"ab":2,"abc":3,"":4}"#.utf8)
        var matches: [String] = []
        try JSONScanner.scan(bytes) { scanner throws(JSONFault) in
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                let value = try scanner.value()
                if scanner.matches(key, "ab") { matches.append(String(decoding: bytes[value.range], as: UTF8.self)) }
            }
        }
        #expect(matches == ["1", "2"])
    }

    @Test(
        "a number keeps every digit it was written with",
        arguments: ["12345678901234567890123", "0.10", "-0", "1E+2", "3.141592653589793238462643383279", "1e999"])
    func numbers(_ number: String) throws {
        let bytes = Array("[ \(number) ]".utf8)
        let range = try JSONScanner.scan(bytes) { scanner throws(JSONFault) in
            try scanner.beginArray()
            _ = try scanner.nextElement()
            let value = try scanner.value()
            _ = try scanner.nextElement()
            return value.kind == .number ? value.range : 0..<0
        }
        #expect(String(decoding: bytes[range], as: UTF8.self) == number)
    }

    @Test("a document nested beyond all reason is refused, not followed")
    func deep() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONFault(.tooDeep(limit: 64), at: 64)) {
            try JSONScanner.scan(bytes, policy: Self.lenient) { scanner throws(JSONFault) in _ = try scanner.value() }
        }
    }

    @Test("asking for another kind of value is a fault, not a crash")
    func otherKind() {
        #expect(throws: JSONFault(.expected(.object), at: 1)) {
            try JSONScanner.scan(Array(" []".utf8)) { scanner throws(JSONFault) in try scanner.beginObject() }
        }
        #expect(throws: JSONFault(.expected(.array), at: 0)) {
            try JSONScanner.scan(Array("{}".utf8)) { scanner throws(JSONFault) in try scanner.beginArray() }
        }
        #expect(throws: JSONFault(.expected(.string), at: 0)) { try text(Array("12".utf8), .strict) }
        #expect(throws: JSONFault(.ends(before: .string), at: 0)) { try text([], .strict) }
    }
}

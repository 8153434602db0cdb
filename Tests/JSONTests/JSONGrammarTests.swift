import JSON
import Testing

@Suite("JSON after RFC 8259")
struct JSONGrammarTests {
    private func isValid(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { JSONScanner.isValid($0) } }
    private func isValid(_ text: String) -> Bool { isValid(Array(text.utf8)) }

    @Test(
        "these are values",
        arguments: [
            "{}", "[]", "{ }", " [ ] ", "null", "true", " false ", "0", "-0", "10", "1.5", "1e5", "1E+5", "-1.5E+10", "1.5e-10", "\"\"",
            "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\uD83D\\uDE42\"",
            "[1,[2,[3]],{}]", "{\"a\":1,\"a\":2}", "\t{ \"a\" : [ 1 , 2 ] }\r\n", "\"é🙂\u{7F}\u{2028}\"", "{\"\":\"\"}",
        ])
    func valid(_ text: String) {
        #expect(isValid(text))
    }

    @Test(
        "these are not",
        arguments: [
            "", " ", "{", "}", "[", "]", "{]", "[}", "nul", "nulls", "True", "01", "-", "-a", "1.", ".5", "+1", "1e", "1e+", "0x1", "NaN",
            "Infinity", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"",
            "\"\\u12G4\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\u0041\"", "\"\\ude42\"", "\"\n\"", "\"\t\"", "\"\u{1}\"", "\"abc",
            "'a'",
            "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "[1,]", "[,1]", "[,]", "{\"a\":1,,\"b\":2}",
            "[1 2]", "{\"a\":1 \"b\":2}", "1 2", "{} x", "/**/1", "\u{FEFF}1", "\u{A0}1", "[1]]",
        ])
    func invalid(_ text: String) {
        #expect(!isValid(text))
    }

    @Test(
        "a string is UTF-8", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        #expect(!isValid([0x22] + bytes + [0x22]))
    }

    @Test("values nest 128 deep and no deeper")
    func depth() {
        #expect(isValid(String(repeating: "[", count: 128) + String(repeating: "]", count: 128)))
        #expect(!isValid(String(repeating: "[", count: 129) + String(repeating: "]", count: 129)))
        #expect(!isValid(String(repeating: "{\"a\":", count: 100_000)))
        #expect(isValid("[" + Array(repeating: "[[1],{\"a\":[]}]", count: 200).joined(separator: ",") + "]"))
    }

    struct Broken: Sendable {
        let text: String
        let fault: JSONFault

        init(_ text: String, _ problem: JSONFault.Problem, at offset: Int) {
            self.text = text
            fault = JSONFault(problem, at: offset)
        }
    }

    @Test(
        "a fault says what is wrong, and at which byte",
        arguments: [
            Broken("", .ends(before: .value), at: 0),
            Broken("  x", .expected(.value), at: 2),
            Broken("[1,", .ends(before: .value), at: 3),
            Broken("[1 2]", .expected(.commaOrArrayEnd), at: 3),
            Broken("{\"a\" 1}", .expected(.colon), at: 5),
            Broken("{\"a\":1;", .expected(.commaOrObjectEnd), at: 6),
            Broken("{\"a\":1,}", .expected(.key), at: 7),
            Broken("trUe", .expected(.word), at: 2),
            Broken("nul", .ends(before: .word), at: 3),
            Broken("-", .ends(before: .digit), at: 1),
            Broken("1.x", .expected(.digit), at: 2),
            Broken("[007]", .leadingZero, at: 1),
            Broken(" \"abc", .unclosedString, at: 1),
            Broken("\"a\tb\"", .controlCharacter, at: 2),
            Broken("\"a\\x\"", .unknownEscape, at: 2),
            Broken("\"\\u12", .ends(before: .hexadecimalDigits), at: 5),
            Broken("\"\\u12G4\"", .expected(.hexadecimalDigits), at: 3),
            Broken("\"a\\ud83d\"", .loneSurrogate, at: 2),
            Broken("{} {}", .trailingText, at: 3),
            Broken(String(repeating: "[", count: 200), .tooDeep(limit: 128), at: 128),
        ])
    func fault(_ broken: Broken) {
        #expect(throws: broken.fault) {
            try JSONScanner.scan(Array(broken.text.utf8)) { scanner throws(JSONFault) in _ = try scanner.value() }
        }
    }
}

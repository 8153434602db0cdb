import Testing

@testable import HooklineSources

@Suite("JSON after RFC 8259")
struct JSONScannerTests {
    private func isValid(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { JSONScanner.isValid($0) } }
    private func isValid(_ text: String) -> Bool { isValid(Array(text.utf8)) }

    @Test(
        "these are values",
        arguments: [
            "{}", "[]", "null", "true", " false ", "0", "-0", "10", "1.5", "1e5", "1E+5", "1.5e-10", "\"\"",
            "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\uD83D\\uDE42\"",
            "[1,[2,[3]],{}]", "{\"a\":1,\"a\":2}", "\t{ \"a\" : [ 1 , 2 ] }\r\n", "\"é🙂\u{7F}\u{2028}\"", "{\"\":\"\"}",
        ])
    func valid(_ text: String) {
        #expect(isValid(text))
    }

    @Test(
        "these are none",
        arguments: [
            "", " ", "{", "}", "[", "]", "{]", "[}", "nul", "nulls", "True", "01", "-", "-a", "1.", ".5", "+1", "1e", "1e+", "0x1", "NaN",
            "Infinity", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"",
            "\"\\u12G4\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\u0041\"", "\"\\ude42\"", "\"\n\"", "\"\t\"", "'a'", "{a:1}",
            "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "[1,]", "[,1]",
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
    }

    @Test("escapes stand for their characters")
    func escapes() {
        var text: [UInt8] = []
        Array(#"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE42\u0000é"#.utf8).withUnsafeBufferPointer { JSONText.append($0, to: &text) }
        #expect(String(decoding: text, as: UTF8.self) == "\"\\/\u{8}\u{C}\n\r\tAé€🙂\u{0}é")
    }
}

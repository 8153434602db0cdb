import Testing
import Text

@Suite("Text on one line")
struct OneLineTextTests {
    @Test(
        "shows what a terminal would obey or hide, and leaves everything else alone",
        arguments: [
            ("plain é🙂 \u{5D0}", "plain é🙂 \u{5D0}"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[2J", "\\u{1B}[2J"),
            ("\u{0}\u{7F}\u{85}", "\\u{0}\\u{7F}\\u{85}"),
            ("a\u{202E}b\u{2066}c\u{2028}", "a\\u{202E}b\\u{2066}c\\u{2028}"), ("a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"),
            ("👩\u{200D}🔬", "👩\u{200D}🔬"),
        ])
    func escaped(_ text: String, _ expected: String) {
        #expect(text.onOneLine == expected)
    }

    @Test("of several lines keeps them")
    func lines() {
        #expect("a\tb\n\u{1B}c\n".onItsLines == "a\\tb\n\\u{1B}c\n")
    }

    @Test("can be flattened, which keeps tabs")
    func flattened() {
        #expect("a\nb\u{2029}c\td\u{202E}\u{200B}".flattened == "a b c\td \u{200B}")
    }

    @Test("is told from text that breaks the line", arguments: ["a\nb", "a\tb", "\u{0}", "\u{9B}", "\u{2028}", "\u{202E}", "\u{2069}"])
    func isOneLine(_ text: String) {
        #expect(!text.isOneLine)
        #expect(text.onOneLine.isOneLine)
        #expect("plain é🙂 \u{5D0}\u{200F}".isOneLine)
    }
}

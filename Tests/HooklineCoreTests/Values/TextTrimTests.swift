import HooklineCore
import Support
import Testing

@Suite("Trimming text")
struct TextTrimTests {
    private static let spaces: [Unicode.Scalar] = [
        "\u{9}", "\u{A}", "\u{B}", "\u{C}", "\u{D}", " ", "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2003}", "\u{200A}", "\u{2028}",
        "\u{2029}",
        "\u{202F}", "\u{205F}", "\u{3000}", "\u{180E}", "\u{200B}", "\u{2060}", "\u{FEFF}",
    ]

    @Test("removes Unicode's white space, whatever characters are next to it", arguments: spaces)
    func kinds(_ space: Unicode.Scalar) {
        let text = "\(space)a\(space)b é\(space)\(space)"
        #expect(TextTrim.trimmed(text).unicodeScalars.elementsEqual("a\(space)b é".unicodeScalars))
        #expect("\(space)\(space)".lend(TextTrim.isBlank))
    }

    @Test("covers all of Unicode's white space and the zero-width spaces")
    func all() {
        let extra: Set<UInt32> = [0x180E, 0x200B, 0x2060, 0xFEFF]
        for value in UInt32(0)...0x1_FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isSpace = scalar.properties.isWhitespace || extra.contains(value)
            #expect(String(scalar).lend(TextTrim.isBlank) == isSpace, "U+\(String(value, radix: 16))")
        }
    }

    @Test("removes nothing else, and nothing more the second time", arguments: 1...40)
    func idempotent(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters: [Unicode.Scalar] = Self.spaces + ["a", "é", "ā", "„", "日", "\u{80}", "\u{BF}", "ߠ", "\u{1F600}", "\u{301}"]
        for _ in 0..<100 {
            var text = ""
            for _ in 0..<Int.random(in: 0...8, using: &random) { text.unicodeScalars.append(letters.randomElement(using: &random)!) }
            let trimmed = TextTrim.trimmed(text)
            let oracle = text.unicodeScalars.drop(while: Self.spaces.contains).reversed().drop(while: Self.spaces.contains).reversed()
            #expect(trimmed.unicodeScalars.elementsEqual(oracle), "seed \(seed)")
            #expect(TextTrim.trimmed(trimmed).utf8.elementsEqual(trimmed.utf8))
        }
    }
}

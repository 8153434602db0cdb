/// Texts that are addresses, nearly, or not at all; the same in every run.
package enum AddressTexts {
    /// Pieces that touch the edges of the rules: spaces, invisible characters, letters whose case changes their length, wrapping, empty parts.
    private static let pieces = [
        "a", "Ada", "@", "@", ".", "-", "example", ".com", "@example.com", " ", "\t", "\u{A0}", "\u{2028}", "\u{85}", "\u{301}", "\u{200D}",
        "\u{FEFF}",
        "\u{3000}", "\u{130}", "\u{C9}", "\u{DF}", "\u{3A3}", "\u{23A}", "\u{1E9E}", "\u{1C5}", "\u{1C89}", "\u{65E5}", "\u{1F600}", ",",
        "\"", "'", "<", ">", ";", "?",
        "mailto:", "%40", "\u{201C}", "\u{0}", "\u{7F}", "+1", "_", "\u{600}", "\r\n", "\u{212A}", "\u{17F}",
    ]

    package static let all: [String] = {
        var state: UInt64 = 20_260_301
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var texts = (0..<24_000).map { _ in (0..<(1 + next(9))).map { _ in pieces[next(pieces.count)] }.joined() }
        texts += (0..<12_000).map { _ in
            let around = (0..<2).map { _ in (0..<next(3)).map { _ in pieces[next(pieces.count)] }.joined() }
            return around[0] + "Ada\(next(900))@Example.org" + around[1]
        }
        for size in 55...70 {
            texts += ["\(String(repeating: "a", count: size))@example.com", "a@\(String(repeating: "b", count: size)).com"]
        }
        for size in 235...260 {
            texts.append("a@" + (0..<4).map { _ in String(repeating: "b", count: size / 4 - 1) }.joined(separator: ".") + ".com")
        }
        return texts + [
            String(repeating: "\u{C9}", count: 300), String(repeating: " ", count: 3_000) + "a@b.co",
            String(repeating: "<", count: 2_000) + "a@b.co>",
            "\(String(repeating: "N", count: 2_030)) <a@b.co>", "\(String(repeating: "N", count: 2_050)) <a@b.co>",
        ]
    }()
}

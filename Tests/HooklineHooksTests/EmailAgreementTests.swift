import HooklineCore
import Lua
import Testing

@Suite("Addresses in scripts and in the engine")
struct EmailAgreementTests {
    /// Pieces that touch the edges of the rules: spaces, clinging marks, letters whose case changes their length, empty parts.
    private static let pieces = [
        "a", "Ada", "@", "@", ".", "-", "example", ".com", "@example.com", " ", "\t", "\u{A0}", "\u{2028}", "\u{85}", "\u{301}", "\u{200D}",
        "\u{3000}", "İ", "É", "ß", "Σ", "Ⱥ", "ẞ", "ǅ", "\u{1C89}", "日", "😀", ",", "\"", "\u{0}", "\u{7F}", "+1", "_", "\u{600}", "\r\n",
    ]

    private static func reading(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            var buffer: [UInt8] = []
            guard case .address = EmailAddress.read(bytes, into: &buffer) else { return nil }
            return String(decoding: buffer, as: UTF8.self)
        }
    }

    private static func candidates() -> [String] {
        var state: UInt64 = 20_260_301
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var texts = (0..<24_000).map { _ in (0..<(1 + next(9))).map { _ in pieces[next(pieces.count)] }.joined() }
        texts += (0..<6_000).map { _ in
            let around = (0..<2).map { _ in (0..<next(3)).map { _ in pieces[next(pieces.count)] }.joined() }
            return around[0] + "Ada@Example.org" + around[1]
        }
        for size in 55...70 {
            texts += ["\(String(repeating: "a", count: size))@example.com", "a@\(String(repeating: "b", count: size)).com"]
        }
        for size in 235...260 {
            texts.append("a@" + (0..<4).map { _ in String(repeating: "b", count: size / 4 - 1) }.joined(separator: ".") + ".com")
        }
        texts += [String(repeating: "É", count: 300), String(repeating: " ", count: 600) + "a@b.co"]
        return texts
    }

    @Test("hookline.email and the engine agree on every address and its spelling")
    func agreement() throws {
        let machine = try LuaMachine()
        try machine.add(
            LuaSource(
                module: "hooks", file: "hooks.lua",
                text: """
                    local email = hookline.email
                    return { run = function(text)
                      local address, domain = email.normalise(text), email.domain(text)
                      assert(email.is_valid(text) == (address ~= nil) and (domain ~= nil) == (address ~= nil))
                      assert(not address or address:sub(-#domain - 1) == "@" .. domain)
                      assert(select("#", email.normalise(text)) == 1 and select("#", email.domain(text)) == 1)
                      return address
                    end }
                    """))
        let function = try #require(try machine.function("run", of: machine.loadScript("hooks")))
        var (different, addresses) = (0, 0)
        for text in Self.candidates() {
            let expected = Self.reading(text)
            if expected != nil { addresses += 1 }
            let result = try machine.call(function, [.string(text)]).first
            if result != (expected.map { .string($0) } ?? .none) {
                different += 1
                if different < 6 {
                    Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) }) gives \(result), not \(expected ?? "nil")")
                }
            }
        }
        #expect(different == 0)
        #expect(addresses > 1_000)
    }
}

import Lua
import Testing

@Suite("Lookups of addresses and domains in either spelling of an international domain")
struct InternationalLookupTests {
    private func script(_ body: String, _ text: String = "") throws -> LuaValue {
        let machine = try LuaMachine(lookups: LuaLookups([("t.csv", Array(text.utf8))]))
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: "return { run = function() \(body) end }"))
        return try machine.call(try #require(try machine.function("run", of: machine.loadScript("hooks"))), []).first
    }

    /// Spellings of one address each: letters, ASCII, capitals, decomposed, several labels, long ones.
    private static let people = [
        ["zoe@mañana.example", "zoe@XN--MAANA-PTA.example", "Zoe@man\u{303}ana.EXAMPLE", "Zoe <zoe@MAÑANA.example>"],
        ["bo@mail.例え.テスト.example", "bo@mail.xn--r8jz45g.XN--ZCKZAH.example", "bo@MAIL.例え.xn--zckzah.example"],
        ["kim@한국.example", "kim@xn--3e0b707e.example", "kim@\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}.example"],
    ]

    @Test("by address find a person in every spelling", arguments: people)
    func addresses(_ spellings: [String]) throws {
        for key in spellings {
            for asked in spellings {
                let body = "local t = hookline.lookup('t.csv', 'k', { normalise = 'email' }) return t['\(asked)'] and t['\(asked)'].v"
                #expect(try script(body, "k,v\nada@example.com,1\n\(key),2\n") == .string("2"), "\(asked) in a list with \(key)")
            }
        }
    }

    @Test("by domain find a domain, an address at it, and what is below it", arguments: people)
    func domains(_ spellings: [String]) throws {
        for key in spellings.map({ $0.drop { $0 != "@" }.prefix { $0 != ">" } }) {
            for asked in spellings {
                let below = asked.replacing("@", with: "@eu.")
                let body = """
                    local exact = hookline.lookup('t.csv', 'k', { normalise = 'domain' })
                    local deep = hookline.lookup('t.csv', 'k', { normalise = 'domain', subdomains = true })
                    return exact['\(asked)'] ~= nil and deep['\(asked)'] ~= nil and deep['\(below)'] ~= nil and exact['\(below)'] == nil
                    """
                #expect(try script(body, "k\nexample.com\n\(key)\n") == .boolean(true), "\(asked) in a list with \(key)")
            }
        }
    }

    @Test(
        "find nobody else",
        arguments: [
            ("ada@bücher.example", "ada@bucher.example"), ("ada@xn--9.example", "ada@9.example"),
            ("ada@xn--bcher-kva.example", "ada@bcher-kva.example"),
            ("ada@xn--99999999999.example", "ada@xn--99999999998.example"), ("ada@straße.example", "ada@strasse.example"),
            ("xn--bcher-kva@example.com", "bcher@example.com"),
        ])
    func others(_ key: String, _ other: String) throws {
        let body =
            "local t = hookline.lookup('t.csv', 'k', { normalise = 'email' }) return #t == 1 and t['\(key)'] ~= nil and t['\(other)'] == nil"
        #expect(try script(body, "k\n\(key)\n") == .boolean(true))
    }

    @Test("count two spellings as one key, of which the first line counts")
    func repeated() throws {
        let body = """
            local t = hookline.lookup('t.csv', 'k', { normalise = 'email' })
            local keys = ''
            for key in pairs(t) do keys = keys .. key end
            return #t .. t['a@ñ.example'].v .. keys
            """
        #expect(try script(body, "k,v\na@XN--ida.example,1\na@ñ.example,2\n") == .string("11a@xn--ida.example"))
    }

    @Test("go with the functions for addresses: what is sent keeps its spelling, a domain is in letters")
    func functions() throws {
        #expect(try script("return hookline.email.normalise('A@XN--IDA.example')") == .string("a@xn--ida.example"))
        #expect(try script("return hookline.email.domain('A@XN--IDA.example')") == .string("ñ.example"))
        #expect(try script("return hookline.email.domain('a@n\u{303}.example')") == .string("\u{F1}.example"))
        #expect(try script("return hookline.email.domain('a@xn--99.example')") == .string("xn--99.example"))
        let body =
            "for key in pairs(hookline.lookup('t.csv', 'k', { normalise = 'domain' })) do return key == hookline.email.domain('a@xn--ida.example') end"
        #expect(try script(body, "k\nxn--ida.example\n") == .boolean(true))
    }
}

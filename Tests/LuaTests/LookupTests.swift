import Lua
import Testing

@Suite("Lookups")
struct LookupTests {
    private static let tiers = "country,tier,note\r\nFR,gold,\"a, \"\"b\"\"\"\r\nBE,silver,\n42,bronze,\u{e9}"

    private func script(_ body: String, files: [(String, String)] = [("tiers.csv", tiers)], jail: LuaJail? = nil) throws -> LuaValue {
        let lookups = try LuaLookups(files.map { ($0.0, Array($0.1.utf8)) })
        let machine = try jail.map { try LuaMachine(jail: $0, slots: 1, lookups: lookups) } ?? LuaMachine(lookups: lookups)
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: "return { run = function() \(body) end }"))
        let script = try machine.loadScript("hooks")
        let function = try #require(try machine.function("run", of: script))
        return try machine.call(function, []).first
    }

    @Test(
        "rows are found by their key, cells by their column",
        arguments: [
            ("t.FR.tier", LuaValue.string("gold")), ("t.FR.note", .string("a, \"b\"")), ("t.BE.note == nil", .boolean(true)),
            ("t[42].note", .string("é")), ("t['42'].tier", .string("bronze")), ("t[42.0].tier", .string("bronze")),
            ("t.XX == nil", .boolean(true)),
            ("#t", .integer(3)), ("t[nil] == nil", .boolean(true)), ("tostring(t)", .string("lookup")),
            ("t == hookline.lookup('tiers.csv', 'country')", .boolean(true)),
            ("hookline.lookup('tiers.csv', 'tier').gold.country", .string("FR")),
        ])
    func reading(expression: String, value: LuaValue) throws {
        let body = "local t = hookline.lookup('tiers.csv', 'country') return \(expression)"
        #expect(try script(body) == value)
        #expect(try script(body, jail: JailTests.jail) == value)
    }

    @Test("pairs goes over rows in file order, and over cells in column order")
    func order() throws {
        let body = """
            local out = {}
            for key, row in pairs(hookline.lookup("tiers.csv", "country")) do
              out[#out + 1] = key
              for column, cell in pairs(row) do out[#out + 1] = column .. "=" .. cell end
            end
            return table.concat(out, " ")
            """
        #expect(
            try script(body)
                == .string("FR country=FR tier=gold note=a, \"b\" BE country=BE tier=silver 42 country=42 tier=bronze note=é"))
    }

    @Test(
        "mistakes name file, line and the nearest name",
        arguments: [
            ("hookline.lookup('tier.csv', 'country')", ["lookups/tier.csv", "'tiers.csv'"]),
            ("hookline.lookup('tiers.csv', 'contry')", ["lookups/tiers.csv", "'contry'", "'country'"]),
            ("hookline.lookup('tiers.csv', 'country').FR.teir", ["'teir'", "'tier'"]),
            ("hookline.lookup('twice.csv', 'k')", ["lookups/twice.csv:4:"]),
            ("hookline.lookup('ragged.csv', 'a')", ["lookups/ragged.csv:3:"]),
            ("hookline.lookup('open.csv', 'a')", ["lookups/open.csv:2:"]),
            ("hookline.lookup('empty.csv', 'a')", ["lookups/empty.csv"]),
            ("hookline.lookup('same.csv', 'a')", ["lookups/same.csv:1:"]),
            ("hookline.lookup('keyless.csv', 'a')", ["lookups/keyless.csv:2:"]),
            ("hookline.lookup('quoted.csv', 'k')", ["lookups/quoted.csv:3:"]),
            ("hookline.lookup('lookups/tiers.csv', 'country')", ["'tiers.csv'"]),
            ("hookline.lookup('semi.csv', 'a')", ["lookups/semi.csv", "semicolons"]),
            ("hookline.lookup('tiers.csv')", []), ("hookline.lookup()", []),
        ])
    func mistakes(call: String, facts: [String]) throws {
        let error = try #require(
            luaError {
                _ = try script(
                    "return \(call)",
                    files: [
                        ("tiers.csv", Self.tiers), ("twice.csv", "k,v\na,1\nb,2\na,3\n"), ("ragged.csv", "a,b\n1,2\n3\n"),
                        ("open.csv", "a,b\n\"1,2\n"), ("empty.csv", ""), ("same.csv", "a,a\n1,2\n"), ("keyless.csv", "a,b\n,2\n"),
                        ("quoted.csv", "k,v\na\"b,1\n\"a\"\"b\",2\n"), ("semi.csv", "a;b\n1;2\n"),
                    ])
            })
        #expect(error.code == .runtime)
        for fact in facts { #expect(error.mentions(fact), "\(error)") }
    }

    @Test(
        "no mistake prints the first line of a file without a header",
        arguments: [
            "john.secret@example.com;John Secret;+49 171 1234567\n", "John Secret,emial,+49 171 1234567\n", "emial,1980-01-01\n",
            "John Secret;emial\n", "emial,<b>John</b>\n", "emial,john.secret(at)example.com\n",
        ])
    func headless(line: String) throws {
        let error = try #require(
            luaError { _ = try script("return hookline.lookup('x.csv', 'email')", files: [("x.csv", line + line)]) })
        for word in ["John", "john", "emial", "171", "1980"] { #expect(!error.mentions(word), "\(error)") }
    }

    @Test("empty lines are skipped, wherever they are", arguments: ["\n", "\r\n"])
    func emptyLines(_ end: String) throws {
        let text = ["k,v", "", "a,1", "", "", "b,2", "", ""].joined(separator: end)
        let body = """
            local t, out = hookline.lookup("t.csv", "k"), {}
            for key, row in pairs(t) do out[#out + 1] = key .. row.v end
            return #t .. table.concat(out) .. t.b.v
            """
        #expect(try script(body, files: [("t.csv", text)]) == .string("2a1b22"))
        #expect(try script("return #hookline.lookup('t.csv', 'k')", files: [("t.csv", "k" + end + end)]) == .integer(0))
    }

    private static let people = """
        address,since
        Bob@Example.com,1
        "  Ada L. <ADA@example.com>",2
        mailto:cid@example.com?subject=Stop,3
        not an address,4
        ,5
        bob@example.com,6
        \u{FEFF}dot@example.com\u{200B},7

        """

    @Test(
        "by address find whatever is the same address for the engine",
        arguments: [
            ("t['bob@example.com'].since", LuaValue.string("1")), ("t[' <BOB@example.com>'].since", .string("1")),
            ("t['ada@example.com'].since", .string("2")),
            ("t['cid@example.com'].since", .string("3")), ("t['dot@example.com'].since", .string("7")), ("#t", .integer(4)),
            ("t['not an address'] == nil", .boolean(true)), ("t[''] == nil", .boolean(true)), ("t[nil] == nil", .boolean(true)),
            ("t[42] == nil", .boolean(true)),
            ("t['mi\u{212A}e@example.com'] == nil", .boolean(true)), ("t['\\xFF@example.com'] == nil", .boolean(true)),
            (
                "(function() local k = '' for key in pairs(t) do k = k .. key .. ' ' end return k end)()",
                .string("bob@example.com ada@example.com cid@example.com dot@example.com ")
            ),
        ])
    func byAddress(expression: String, value: LuaValue) throws {
        let body = "local t = hookline.lookup('people.csv', 'address', { normalise = 'email' }) return \(expression)"
        #expect(try script(body, files: [("people.csv", Self.people)]) == value)
    }

    private static let domains =
        "domain,why\n@Example.NET,a\nmail.example.org,b\nada@example.com,c\nexample,d\n\"EU.mail.example.org \",e\n"

    @Test(
        "by domain find domains and addresses, below a domain by choice",
        arguments: [
            ("example.net", "a", "a"), ("EXAMPLE.net", "a", "a"), ("ada@example.net", "a", "a"), ("Ada <ada@EXAMPLE.net>", "a", "a"),
            ("@example.net", "a", "a"),
            ("x.y.example.net", nil, "a"), ("ada@x.example.net", nil, "a"), ("example.org", nil, nil), ("mail.example.org", "b", "b"),
            ("eu.mail.example.org", "e", "e"), ("x.eu.mail.example.org", nil, "e"), ("notexample.net", nil, nil), ("example.com", nil, nil),
            ("example", nil, nil), ("net", nil, nil), ("", nil, nil), ("a@b@example.net", nil, nil),
        ])
    func byDomain(key: String, exactly: String?, below: String?) throws {
        for (subdomains, expected) in [(false, exactly), (true, below)] {
            let options = "{ normalise = 'domain', subdomains = \(subdomains) }"
            let body = "local row = hookline.lookup('d.csv', 'domain', \(options))['\(key)'] return row and row.why"
            #expect(try script(body, files: [("d.csv", Self.domains)]) == (expected.map { .string($0) } ?? .none))
        }
    }

    @Test(
        "options that are unknown or do not fit are errors with a line, which say what is allowed",
        arguments: [
            ("{ normalize = 'email' }", ["'normalize'", "normalise", "subdomains", "on_bad_key"]),
            ("{ normalise = 'emails' }", ["'emails'", "\"email\"", "\"domain\""]), ("{ normalise = true }", ["boolean", "\"email\""]),
            ("{ 'email' }", ["number", "normalise"]), ("{ subdomains = true }", ["normalise = \"domain\""]),
            ("{ normalise = 'email', subdomains = true }", ["normalise = \"domain\""]),
            ("{ normalise = 'domain', subdomains = 'yes' }", ["subdomains", "true or false"]),
            ("{ normalise = 'email', on_bad_key = 'stop' }", ["'stop'", "\"warn\" or \"fail\""]),
            ("{ on_bad_key = 'fail' }", ["normalise"]),
            ("{ null_values = 'NULL' }", ["null_values", "string", "a list of texts"]),
            ("{ null_values = { 1 } }", ["number", "a list of texts"]),
            ("{ null_values = {} }", ["empty"]), ("'email'", ["table"]),
            ("{ normalise = 'email', on_bad_key = 'fail' }", ["lookups/people.csv:5:", "not an address"]),
        ])
    func options(options: String, facts: [String]) throws {
        let error = try #require(
            luaError {
                _ = try script("return hookline.lookup('people.csv', 'address', \(options))", files: [("people.csv", Self.people)])
            })
        #expect(error.description.contains("hooks.lua:1"))
        for fact in facts { #expect(error.mentions(fact), "\(error)") }
    }

    @Test("cells are trimmed of white space of every kind, keys and column names too, and what is left empty is nil")
    func trimming() throws {
        let text = "k ,\u{A0}v\n FR\u{2003},\u{A0} x y \u{3000}\n\" BE \",\" \u{A0}\"\n"
        let body = "local t = hookline.lookup('t.csv', 'k') return t.FR.v .. '|' .. t[' BE'].k .. tostring(t.BE.v)"
        #expect(try script(body, files: [("t.csv", text)]) == .string("x y|BEnil"))
        #expect(
            luaError { _ = try script("hookline.lookup('t.csv', 'k')", files: [("t.csv", "k,v\n\u{A0},1\n")]) }?.mentions("t.csv:2:")
                == true)
        #expect(
            luaError { _ = try script("hookline.lookup('t.csv', 'k')", files: [("t.csv", "k,v\na,1\na ,1\n")]) }?.mentions("t.csv:3:")
                == true)
    }

    @Test("cells that are null values are nil, keys are not")
    func nullValues() throws {
        let text = "k,v,w\nFR, NULL ,n/a\nn/a,null,x\n"
        let body = """
            local t, out = hookline.lookup('t.csv', 'k', { null_values = { 'NULL', 'n/a' } }), {}
            for key, row in pairs(t) do
              out[#out + 1] = key
              for column, cell in pairs(row) do out[#out + 1] = column .. '=' .. cell end
            end
            assert(t ~= hookline.lookup('t.csv', 'k') and t == hookline.lookup('t.csv', 'k', { null_values = { 'NULL', 'n/a' } }))
            assert(t.FR.v == nil and hookline.lookup('t.csv', 'k').FR.v == 'NULL')
            return table.concat(out, ' ')
            """
        #expect(try script(body, files: [("t.csv", text)]) == .string("FR k=FR n/a k=n/a v=null w=x"))
    }

    @Test("other encodings and writing are errors; a byte order mark is not")
    func edges() throws {
        #expect(luaError { _ = try script("hookline.lookup('tiers.csv', 'country').FR = 1") }?.code == .runtime)
        #expect(luaError { _ = try script("hookline.lookup('tiers.csv', 'country').FR.tier = 1") }?.code == .runtime)
        #expect(try script("return hookline.lookup('m.csv', 'a')['1'].b", files: [("m.csv", "\u{FEFF}a,b\n1,2")]) == .string("2"))
        let lookups = try LuaLookups([("bad.csv", [0x61, 0x0A, 0xFF])])
        let machine = try LuaMachine(lookups: lookups)
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: "return { f = hookline.lookup('bad.csv', 'a') }"))
        #expect(luaError { _ = try machine.loadScript("hooks") }?.mentions("lookups/bad.csv", "UTF-8") == true)
    }

    @Test("a million rows fit into a script's memory and time")
    func large() throws {
        var text = Array("id,group\n".utf8)
        for id in 0..<1_000_000 {
            text += Array(String(id).utf8)
            text += Array(id % 3 == 0 ? ",a\n".utf8 : ",bc\n".utf8)
        }
        let lookups = try LuaLookups([("big.csv", text)])
        let machine = try LuaMachine(limits: LuaLimits(processorTime: .seconds(20)), lookups: lookups)
        try machine.add(
            LuaSource(
                module: "hooks", file: "hooks.lua",
                text:
                    "local t = hookline.lookup('big.csv', 'id') return { run = function() return t[999999].group .. t[1].group .. #t end }")
        )
        let script = try machine.loadScript("hooks")
        let function = try #require(try machine.function("run", of: script))
        #expect(try machine.call(function, []).first == .string("abc1000000"))
        #expect(try machine.peakMemory < 16 << 20)
    }
}

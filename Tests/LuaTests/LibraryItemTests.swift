import Lua
import Testing

@Suite("The hookline library")
struct LibraryItemTests {
    /// The JSON of an expression's value.
    static func json(_ expression: String) throws -> LuaValue {
        try TestScript.evaluate("hookline.json.encode(hookline.array { (\(expression)) })")
    }

    @Test("every example gives the result that it shows", arguments: LuaLibrary.items.map(\.name))
    func examples(name: String) throws {
        let item = try #require(LuaLibrary.items.first { $0.name == name })
        guard let example = item.example else { return }
        #expect(try Self.json(example.expression) == Self.json(example.result))
    }

    @Test("what scripts find is what the table lists, and nothing else")
    func registration() throws {
        var names: Set<String> = []
        for item in LuaLibrary.items {
            let type = try TestScript.evaluate("type(hookline.\(item.name))")
            #expect(type == .string(item.parameters == nil ? "userdata" : "function"))
            names.insert(item.name)
            if let dot = item.name.firstIndex(of: ".") { names.insert(String(item.name[..<dot])) }
        }
        // An unknown name is an error, so every name that a script could guess is either in the table or rejected.
        for name in ["text", "email", "date", "hash", "json", "log"] {
            let error = luaError { _ = try TestScript.evaluate("hookline.\(name).no_such_thing") }
            #expect(error?.mentions("hookline.\(name)", "'no_such_thing'") == true)
        }
        #expect(luaError { _ = try TestScript.evaluate("hookline.txt") }?.mentions("'txt'", "'text'") == true)
    }

    @Test(
        "text knows letters beyond ASCII",
        arguments: [
            ("upper('straße éàü ñ ǆ я ა 𐐨')", "STRAßE ÉÀÜ Ñ Ǆ Я Ა 𐐀"), ("lower('ÀÉÎ ΣΑΣ ЖЯ İ 𐐀')", "àéî σασ жя i 𐐨"),
            ("upper('')", ""), ("trim('\\u{3000}\\t x \\u{2009}')", "x"), ("trim(' \\n ')", ""),
            ("slug('  Łódź -- Øre/Æble ')", "lodz-ore-aeble"),
            ("slug(\"L'été à Nîmes\")", "l-ete-a-nimes"), ("slug('日本')", ""), ("slug('İzmir ﬁ')", "izmir-fi"), ("slug('A_b.c')", "a-b-c"),
            ("truncate('日本語', 7)", "日本"), ("truncate('日本語', 9)", "日本語"), ("truncate('abc', 0)", ""),
            ("truncate('abcdef', 4, '…')", "a…"),
        ])
    func text(call: String, result: String) throws {
        let given = try TestScript.evaluate("hookline.text.\(call)")
        #expect(given == .string(result))
    }

    @Test(
        "anything but UTF-8 text is an error",
        arguments: ["upper(nil)", "slug({})", "trim('\\xff')", "length('a\\x80')", "truncate('a', -1)", "truncate('abcdef', 2, '…')"])
    func badText(call: String) {
        #expect(luaError { _ = try TestScript.evaluate("hookline.text.\(call)") }?.code == .runtime)
    }

    @Test(
        "dates are parsed",
        arguments: [
            ("'2026-03-01'", 1_772_323_200), ("'2026-03-01T06:00:00Z'", 1_772_344_800), ("'2026-03-01 06:00'", 1_772_344_800),
            ("'2026-03-01T06:00:00.999-05:30'", 1_772_364_600), ("'1970-01-01'", 0), ("'0001-01-01'", -62_135_596_800),
            ("'9999-12-31T23:59:59Z'", 253_402_300_799), ("'2024-02-29'", 1_709_164_800), ("'31/12/2025', '%d/%m/%Y'", 1_767_139_200),
            ("'1 March 2026', '%d %B %Y'", 1_772_323_200), ("'03:15 PM 2/3/26', '%I:%M %p %m/%d/%y'", 1_770_131_700),
            ("'20260301T000000+0100', '%Y%m%dT%H%M%S%z'", 1_772_319_600),
        ])
    func dates(arguments: String, seconds: Int64) throws {
        #expect(try TestScript.evaluate("hookline.date.parse(\(arguments))") == .integer(seconds))
    }

    @Test(
        "anything but a date gives nil and a reason",
        arguments: [
            "''", "'2026-02-29'", "'2026-13-01'", "'2026-3-1'", "'yesterday'", "'2026-03-01T25:00'", "'2026-03-01x'", "'0000-01-01'",
            "'x', '%Y'", "'2026-03', '%Y'",
        ])
    func noDate(arguments: String) throws {
        #expect(
            try TestScript.evaluate("(select('#', hookline.date.parse(\(arguments))) == 2 and hookline.date.parse(\(arguments)) == nil)")
                == .boolean(true))
    }

    @Test(
        "dates are formatted and added",
        arguments: [
            (
                "format(1772344800, '%Y-%m-%d %H:%M:%S %a %A %b %B %j %u %p %I %e %y')",
                "2026-03-01 06:00:00 Sun Sunday Mar March 060 7 AM 06 1 26"
            ),
            ("format('2027-01-01', '%G-W%V %F %T %s %%')", "2026-W53 2027-01-01 00:00:00 1798761600 %"),
            ("format('2024-12-30', '%G-W%V')", "2025-W01"), ("add('2024-02-29', 1, 'year')", "2025-02-28"),
            ("add('2026-03-31', -1, 'months')", "2026-02-28"), ("add('2026-12-31', 2, 'months')", "2027-02-28"),
            ("add('2026-01-01', -1, 'day')", "2025-12-31"), ("add('2026-01-01', 1, 'quarter')", "2026-04-01"),
        ])
    func writtenDates(call: String, result: String) throws {
        #expect(try TestScript.evaluate("hookline.date.\(call)") == .string(result))
    }

    @Test(
        "differences are whole units, with a sign",
        arguments: [
            ("diff('2026-03-01', '2026-02-01', 'month')", 1), ("diff('2026-03-30', '2026-01-31', 'month')", 1),
            ("diff('2026-03-31', '2026-01-31', 'month')", 2), ("diff('2026-01-01', '2026-03-01', 'days')", -59),
            ("diff('2026-02-28', '2024-02-29', 'year')", 2), ("diff('2026-02-27', '2024-02-29', 'year')", 1), ("diff(3601, 0, 'hour')", 1),
            ("diff('2026-01-08', '2026-01-01', 'week')", 1),
            ("diff(0, 59, 'minute')", 0), ("add(1772344800, 2, 'weeks') - 1772344800", 1_209_600), ("add(0, 1, 'month')", 2_678_400),
        ])
    func differences(call: String, result: Int64) throws {
        #expect(try TestScript.evaluate("hookline.date.\(call)") == .integer(result))
    }

    @Test("dates over four hundred years can be added, compared, parsed and formatted consistently")
    func calendar() throws {
        let result = try TestScript.run(
            """
            local date, day = hookline.date, "1799-12-31"
            for i = 1, 1000 do
              local next = date.add(day, 146, "days")
              if date.diff(next, day, "day") ~= 146 then return day end
              if date.parse(next) ~= date.parse(day) + 146 * 86400 then return next end
              if date.format(date.parse(next), "%F") ~= next then return next end
              if (tonumber(date.format(next, "%u")) - tonumber(date.format(day, "%u"))) % 7 ~= 146 % 7 then return next end
              day = next
            end
            return "all " .. day
            """)
        #expect(result == .string("all 2199-09-25"))
    }

    @Test(
        "impossible date arithmetic and unknown formats are errors",
        arguments: [
            "add('2026-01-01', 1, 'fortnight')", "add('2026-01-01', 1, 'hour')", "add(0, 1000000000000000, 'day')",
            "add('9999-12-31', 1, 'day')",
            "format('2026-01-01', '%Q')", "format('2026-01-01', '%')", "diff('x', 1, 'day')", "parse('2026', '%Q')",
            "add(math.maxinteger, 1, 'day')",
            "add(0, math.mininteger, 'month')",
        ])
    func badDates(call: String) {
        #expect(luaError { _ = try TestScript.evaluate("hookline.date.\(call)") }?.code == .runtime)
    }

    @Test(
        "digests match the standards",
        arguments: [
            ("md5('')", "d41d8cd98f00b204e9800998ecf8427e"), ("md5('message digest')", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("md5('12345678901234567890123456789012345678901234567890123456789012345678901234567890')", "57edf4a22be3c955ac49da2e2107b67a"),
            ("sha256('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("sha256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            ("sha256(('a'):rep(1000))", "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
        ])
    func digests(call: String, digest: String) throws {
        #expect(try TestScript.evaluate("hookline.hash.\(call)") == .string(digest))
    }

    @Test("a key is always in the same bucket, as a text or as a number, and keys spread evenly")
    func buckets() throws {
        #expect(try TestScript.evaluate("hookline.hash.bucket('ada@example.com', 1000)") == .integer(40))
        #expect(try TestScript.evaluate("hookline.hash.bucket(42, 100) == hookline.hash.bucket('42', 100)") == .boolean(true))
        #expect(try TestScript.evaluate("hookline.hash.bucket(42.0, 100) == hookline.hash.bucket('42', 100)") == .boolean(true))
        let spread = try TestScript.run(
            """
            local counts = {}
            for i = 1, 2000 do local b = hookline.hash.bucket("user " .. i, 10) counts[b] = (counts[b] or 0) + 1 end
            local least, most = 2000, 0
            for b = 0, 9 do least = math.min(least, counts[b]) most = math.max(most, counts[b]) end
            return least > 150 and most < 250
            """)
        #expect(spread == .boolean(true))
        for call in ["bucket('a', 0)", "bucket({}, 5)", "bucket(1.5, 5)", "bucket('a', 1.5)"] {
            #expect(luaError { _ = try TestScript.evaluate("hookline.hash.\(call)") }?.code == .runtime)
        }
    }

    @Test(
        "JSON goes there and back",
        arguments: [
            "null", "[]", "{}", "[1,2.5,\"x\",true,null]", "{\"a\":{\"b\":[{}]}}", "\"\\u0001\\\"\\\\\"", "-0.001",
            "12345678901234567890.0",
            "9007199254740993", "\"é😀\"", "[[],[[]]]",
        ])
    func json(text: String) throws {
        let script = try TestScript("return { run = function(text) return hookline.json.encode(hookline.json.decode(text)) end }")
        let expected = text == "12345678901234567890.0" ? "1.2345678901234567e+19" : text
        #expect(try script.call("run", [.string(text)]).first == .string(expected))
    }

    @Test("JSON far larger than any buffer on the stack is written whole, however deep and wide")
    func largeJSON() throws {
        let result = try TestScript.run(
            """
            local list = {}
            for i = 1, 2000 do list[i] = { name = ("n"):rep(50) .. i, tags = { "a", { deep = { i, "x" } } } } end
            local text = hookline.json.encode(list)
            local back = hookline.json.decode(text)
            return #back == 2000 and back[1999].name == list[1999].name and back[7].tags[2].deep[1] == 7 and hookline.json.encode(back) == text
            """, limits: LuaLimits(instructionsPerCall: 100_000_000))
        #expect(result == .boolean(true))
    }

    @Test(
        "what JSON cannot represent is an error",
        arguments: [
            "encode(0/0)", "encode(1/0)", "encode(print)", "encode({ 1, nil, 3 })", "encode({ 1, a = 2 })", "encode({ [true] = 1 })",
            "encode('\\xff')", "decode('')", "decode('[1,]')", "decode('{a:1}')", "decode('1 2')", "decode('01')", "decode('1.')",
            "decode('1e999')", "decode('-')", "decode(('['):rep(100))",
            "encode((function() local t = {} t.t = t return t end)())", "encode()",
        ])
    func badJSON(call: String) {
        #expect(luaError { _ = try TestScript.evaluate("hookline.json.\(call)") }?.code == .runtime)
    }

    @Test("sorted pairs go by number, then by text, or in the order of a function")
    func sortedPairs() throws {
        func keys(_ table: String, _ order: String = "") throws -> LuaValue {
            try TestScript.run(
                "local t = {} for k, v in hookline.sorted_pairs(\(table)\(order)) do t[#t + 1] = tostring(k) .. '=' .. tostring(v) end return table.concat(t, ' ')"
            )
        }
        #expect(try keys("{ b = 1, [10] = 2, a = 3, [2] = 4, [1.5] = 5 }") == .string("1.5=5 2=4 10=2 a=3 b=1"))
        #expect(try keys("{ 3, 1, 2 }", ", function(a, b) return a > b end") == .string("3=2 2=1 1=3"))
        #expect(try keys("{}") == .string(""))
        #expect(luaError { _ = try keys("{ [true] = 1 }") }?.mentions("boolean") == true)
        #expect(luaError { _ = try keys("5") }?.code == .runtime)
    }
}

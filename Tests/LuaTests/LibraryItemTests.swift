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
            ("upper('straße éàü ñ ǆ я ა 𐐨')", "STRAßE ÉÀÜ Ñ Ǆ Я Ა 𐐀"), ("lower('ÀÉÎ ΣΑΣ ЖЯ İ 𐐀')", "àéî σασ жя i\u{307} 𐐨"),
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

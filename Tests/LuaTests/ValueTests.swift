import Lua
import Testing

@Suite("Values in and out")
struct ValueTests {
    /// The Lua type or text of a field, as a filter sees it.
    private func seen(_ column: TestTable.Column, _ expression: String = "math.type(user.v) or type(user.v)", row: Int = 0) throws
        -> String?
    {
        try TestScript("return { filter = function(user) return false, tostring(\(expression)) end }")
            .reason(TestTable([("v", column)]), row: row)
    }

    @Test("each column type becomes its Lua type")
    func types() throws {
        #expect(try seen(.text(["x"])) == "string")
        #expect(try seen(.integer([2])) == "integer")
        #expect(try seen(.number([2])) == "float")
        #expect(try seen(.boolean([true])) == "boolean")
        #expect(try seen(.timestamp([1_700_000_000])) == "integer")
        #expect(try seen(.date(["2026-03-01"])) == "string")
        #expect(try seen(.json(["{}"])) == "table")
    }

    @Test("integers stay integers and floats stay floats")
    func numbers() throws {
        #expect(try seen(.integer([2]), "user.v") == "2")
        #expect(try seen(.number([2]), "user.v") == "2.0")
        #expect(try seen(.integer([.max]), "user.v") == "9223372036854775807")
        #expect(try seen(.integer([.min]), "user.v") == "-9223372036854775808")
        #expect(try seen(.boolean([false]), "user.v == false") == "true")
    }

    @Test("text keeps its bytes", arguments: ["", "é", "a\u{0}b", "😀 text", String(repeating: "x", count: 100)])
    func text(value: String) throws {
        let script = try TestScript("return { map = function(user) return { email = user.v } end }")
        #expect(try script.run(TestTable([("v", .text([value]))])).email(0) == value)
    }

    @Test("NULL is nil in every type")
    func nulls() throws {
        let columns: [TestTable.Column] = [
            .text([nil]), .integer([nil]), .number([nil]), .decimal([nil]), .boolean([nil]), .timestamp([nil]), .date([nil]), .json([nil]),
        ]
        for column in columns { #expect(try seen(column, "user.v") == "nil") }
    }

    @Test(
        "a decimal with up to 15 significant digits is a float, and a string otherwise",
        arguments: [
            ("12.50", "float", "12.5"), ("0", "float", "0.0"), ("-0.10", "float", "-0.1"), ("+7", "float", "7.0"),
            ("123456789012345", "float", "1.2345678901234e+14"), ("0.00000012345", "float", "1.2345e-07"),
            ("1234567890123456", "string", "1234567890123456"), ("1.234567890123456", "string", "1.234567890123456"),
            ("100000000000000.00", "string", "100000000000000.00"),
        ])
    func decimals(text: String, type: String, shown: String) throws {
        #expect(try seen(.decimal([text])) == type)
        #expect(try seen(.decimal([text]), "user.v") == shown)
    }

    @Test(
        "JSON becomes tables, numbers, strings and hookline.null",
        arguments: [
            (
                #"[1,2.5,"x",true,null]"#,
                "#user.v .. math.type(user.v[1]) .. user.v[2] .. user.v[3] .. tostring(user.v[4]) .. tostring(user.v[5])",
                "5integer2.5xtruenull"
            ),
            (#"{"a":{"b":[{"c":"d"}]}}"#, "user.v.a.b[1].c", "d"),
            (#"  { } "#, "next(user.v)", "nil"),
            (#""\u00e9\ud83d\ude00\n\/""#, "user.v", "é😀\n/"),
            ("-0.5e3", "user.v", "-500.0"), ("12345678901234567890", "math.type(user.v)", "float"),
            ("null", "user.v == hookline.null", "true"),
        ])
    func json(text: String, expression: String, shown: String) throws {
        #expect(try seen(.json([text]), expression) == shown)
    }

    @Test(
        "invalid JSON is an error that shows none of it",
        arguments: [
            "", "{", "[1,]", "{\"a\"}", "nul", "\"\\ud800\"", "\"\\x\"", "[1] 2", "01x", "'a'", "\"a\nb\"", "-",
            String(repeating: "[", count: 100),
        ])
    func badJSON(text: String) throws {
        let error = luaError { _ = try seen(.json([text])) }
        #expect(error?.code == .runtime)
        #expect(error?.mentions("JSON") == true)
    }

    @Test("values travel through calls and come back unchanged")
    func calls() throws {
        let script = try TestScript("return { echo = function(...) return ... end }")
        let values: [LuaValue] = [
            .none, .boolean(true), .boolean(false), .integer(-5), .integer(.max), .number(0.1), .string(""), .string("é\u{0}"),
            .bytes([0xFF, 0x41]), .null, .table(["a": .integer(1), "b": .table([:])]),
        ]
        for value in values { #expect(try script.call("echo", [value, .integer(1)]).first == value) }
        let list = try script.call("echo", [.list([.integer(1), .integer(2)])]).first
        // A list goes in as a read-only view; what comes back of a view is opaque to raw access.
        #expect(list == .table([:]))
    }

    @Test("a list is read with # and ipairs, and library functions take it")
    func lists() throws {
        let script = try TestScript(
            "return { run = function(l) local n = 0 for _, v in ipairs(l) do n = n + v end for _, v in pairs(l) do n = n + v end return table.concat(l, '-') .. ' ' .. #l .. ' ' .. n .. ' ' .. select('#', table.unpack(l)) end }"
        )
        #expect(try script.call("run", [.list([.integer(1), .integer(2), .integer(3)])]).first == .string("1-2-3 3 12 3"))
    }

    @Test("results that cannot leave Lua are named by their type")
    func opaque() throws {
        #expect(try TestScript.evaluate("print") == .opaque("function"))
        #expect(try TestScript.run("local t = {} t.t = t return t") != .none)
        #expect(try TestScript.evaluate("{1, {2, 'x'}}") == .list([.integer(1), .list([.integer(2), .string("x")])]))
        #expect(try TestScript.evaluate("hookline.array{}") == .list([]))
        #expect(try TestScript.evaluate("{}") == .table([:]))
    }

    @Test("bytes that do not encode a value are rejected")
    func brokenEncoding() throws {
        let script = try TestScript("return { echo = function(...) return ... end }")
        var deep: LuaValue = .integer(1)
        for _ in 0..<100 { deep = .list([deep]) }
        #expect(luaError { _ = try script.call("echo", [deep]) }?.code == .misuse)
        #expect(try script.call("echo", [.integer(1)]).first == .integer(1))
    }
}

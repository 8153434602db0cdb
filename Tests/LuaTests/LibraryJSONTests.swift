import Lua
import Testing

@Suite("hookline.json")
struct LibraryJSONTests {
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
}

import Foundation
import Lua
import Testing

@Suite("Recorded mappings")
struct RecordingTests {
    /// What a recorder sees of the mapping that `map` returns.
    private func recorded(_ value: String, limits: LuaLimits = LuaLimits()) throws -> String {
        let script = try TestScript("local c = 0 return { map = function(user) return \(value) end }", limits: limits)
        let table = TestTable([("id", .integer([1])), ("city", .text(["Paris"]))])
        let outputs = SlotOutputs(fields: ["email"], wantsMapping: true)
        try script.prepare(table, outputs: outputs)
        let slot = script.open(table, outputs: outputs)
        try script.run(slot, table)
        #expect(slot.verdict(0) == .kept)
        let text = String(decoding: try #require(slot.mapping(row: 0)), as: UTF8.self)
        #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) != nil, "\(text)")
        return text
    }

    @Test(
        "whatever a run keeps can be shown, and what JSON cannot hold is shown as such",
        arguments: [
            ("{ a = 0/0 }", #"{"a":"(not a number)"}"#), ("{ a = 1/0, b = -1/0 }", #"{"a":"(infinity)","b":"(-infinity)"}"#),
            ("{ a = { 1, x = 2 } }", #"{"a":{"[1]":1,"x":2}}"#), ("{ a = { 1, nil, 3 } }", #"{"a":{"[1]":1,"[3]":3}}"#),
            ("{ a = { [true] = 1, [1.5] = 2 } }", #"{"a":{"[1.5]":2,"[true]":1}}"#), ("{ a = { print } }", #"{"a":["(function)"]}"#),
            ("{ a = '\\xff' }", "{\"a\":\"\u{FFFD}\"}"), ("{ ['\\xff'] = 1 }", "{\"\u{FFFD}\":1}"),
            ("{ a = '\\0\\n\"' }", #"{"a":"\u0000\u000a\""}"#), ("{ a = { user } }", #"{"a":["(a user)"]}"#),
            ("{ a = setmetatable({ 1 }, { __metatable = 1, __pairs = pairs }) }", #"{"a":"(a table)"}"#),
            ("{ a = setmetatable({ 1 }, { __pairs = function() error('no') end }) }", #"{"a":[1]}"#),
            ("{ a = ('x'):rep(20000), b = 1 }", #"{"a":"(too large to show)","b":1}"#),
            (
                "(function() local t = {} for i = 1, 5000 do t[i] = {} end return { a = t, b = 1 } end)()",
                #"{"a":"(too large to show)","b":1}"#
            ),
            ("(function() local t = {} t.t = t t.u = t return { a = t, b = 1 } end)()", #"{"a":"(too large to show)","b":1}"#),
            (
                "{ z = hookline.null, y = {}, x = hookline.array(), w = 1.0, v = { 1, 'a' } }",
                #"{"v":[1,"a"],"w":1.0,"x":[],"y":{},"z":null}"#
            ),
        ])
    func shown(_ value: String, _ expected: String) throws {
        #expect(try recorded(value) == expected)
    }

    @Test("a table that contains itself is shown down to a depth")
    func cycle() throws {
        #expect(try recorded("(function() local t = {} t.t = t return { a = t } end)()").contains("(nested too deep)"))
    }

    @Test("fields beyond the room are counted")
    func manyFields() throws {
        let text = try recorded("(function() local t = {} for i = 1, 3000 do t['field' .. i] = i end return t end)()")
        #expect(text.contains(" more fields)") && text.utf8.count <= 16 << 10)
        #expect(try recorded("(function() local t = {} for i = 1, 9000 do t['f' .. i] = i end return t end)()").contains("too many fields"))
    }

    @Test("recording costs the script nothing of its budget")
    func budget() throws {
        let made = "(function() local t = {} for i = 1, 1000 do t[i] = i end return { a = t } end)()"
        var limits = LuaLimits(instructionsPerCall: 7_000)
        limits.exactInstructions = true
        #expect(try recorded(made, limits: limits).contains("999,1000]"))
    }

    @Test("in a full batch, results have room before what is recorded")
    func fullBatch() throws {
        let script = try TestScript(
            "return { map = function(user) return { email = ('x'):rep(12000), a = ('y'):rep(16000) } end }")
        let table = TestTable([("id", .integer((1...1_900).map { Int64($0) }))])
        let outputs = SlotOutputs(fields: ["email"], wantsMapping: true)
        try script.prepare(table, outputs: outputs)
        let slot = script.open(table, outputs: outputs)
        try script.run(slot, table)
        #expect((0..<1_900).allSatisfy { slot.verdict($0) == .kept && slot.email($0)?.utf8.count == 12_000 })
    }
}

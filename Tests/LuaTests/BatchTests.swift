import Lua
import Testing

@Suite("Batches")
struct BatchTests {
    private func ids(_ count: Int) -> TestTable { TestTable([("id", .integer((1...Int64(count)).map { $0 }))]) }

    @Test("only selected rows run")
    func selection() throws {
        let script = try TestScript("return { filter = function(user) return user.id ~= 2 end }")
        let outcome = try script.run(ids(4), selected: [1, 1, 0, 1])
        #expect(outcome.verdicts(4) == [.kept, .dropped(reason: 0), .leftOut, .kept])
    }

    @Test("after a failure, the caller skips either the row or the step")
    func resuming() throws {
        let script = try TestScript(
            """
            return {
              map = function(user) if user.id == 2 then error("no") end return { email = "m" .. user.id } end,
              filter = function(user) return user.id ~= 3 end,
            }
            """)
        let table = ids(4)
        for asIfAbsent in [false, true] {
            try script.prepare(table)
            let outcome = script.open(table)
            let error = try #require(luaError { try script.run(outcome, table) })
            #expect(error.row == 1)
            #expect(error.step == 0)
            if asIfAbsent { outcome.resume(row: 1, without: 0) } else { outcome.resume(afterFailureOf: 1) }
            try script.run(outcome, table)
            #expect(outcome.verdicts(4) == [.kept, asIfAbsent ? .kept : .failed, .dropped(reason: 0), .kept])
            #expect((0..<4).map { outcome.email($0) } == ["m1", nil, "m3", "m4"])
        }
    }

    @Test("a reused slot keeps no trace of the previous batch")
    func reuse() throws {
        let script = try TestScript("return { map = function(user) if user.id == 1 then return { email = 'x' } end end }")
        let table = ids(2)
        try script.prepare(table)
        for selected: [UInt8] in [[1, 1], [0, 1]] {
            let slot = script.open(table, selected: selected)
            try script.run(slot, table)
            #expect(slot.email(0) == (selected[0] == 1 ? "x" : nil))
        }
        #expect(script.machine.slots[0].verdict(0) == .leftOut)
    }

    @Test("reasons are kept once each, cut at 200 bytes, repaired where they are not UTF-8, and bounded in number")
    func reasons() throws {
        let script = try TestScript(
            """
            return { filter = function(user)
              if user.id == 1 then return false, ("é"):rep(150) end
              if user.id == 2 then return false, "a\\xffb" end
              if user.id == 3 then return false, "" end
              return false, "reason " .. user.id
            end }
            """)
        let outcome = try script.run(ids(5_000))
        let reasons = outcome.update.reasons
        func reason(_ row: Int) -> String? { if case .dropped(let number) = outcome.verdict(row) { reasons[number] } else { nil } }
        #expect(reason(0) == String(repeating: "é", count: 100))
        #expect(reason(1) == "a\u{FFFD}b")
        #expect(reason(2) == "no reason given")
        #expect(reason(3) == "reason 4")
        #expect(reason(4_999) == "other reasons")
        #expect(reasons.count == 4_002)
    }

    @Test("a batch that does not have the prepared columns is refused")
    func wrongColumns() throws {
        let script = try TestScript("return { filter = function(user) return true end }")
        try script.prepare(ids(1))
        let table = TestTable([("a", .integer([1])), ("b", .integer([1]))])
        #expect(luaError { try script.run(script.open(table), table) }?.code == .misuse)
    }

    @Test("a mapped value is at most 16 KB")
    func largeValue() throws {
        let script = try TestScript("return { map = function(user) return { email = ('x'):rep(user.n) } end }")
        #expect(try script.run(TestTable([("n", .integer([16_384]))])).email(0)?.utf8.count == 16_384)
        #expect(luaError { _ = try script.run(TestTable([("n", .integer([16_385]))])) }?.code == .contract)
    }

    @Test("each batch has the mapped fields of its own rows, even when another one ran in between")
    func overlays() throws {
        let script = try TestScript(
            """
            return {
              map = function(user) return { city = "city of " .. user.id } end,
              filter = function(user) if user.id == 2 then error("no") end return true end,
              breakdown = function(user) return user.city end,
            }
            """)
        let (first, second) = (ids(3), TestTable([("id", .integer([11, 12, 13]))]))
        try script.prepare(first)
        let slot = script.open(first, slot: 0)
        #expect(luaError { try script.run(slot, first) }?.row == 1)
        try script.run(script.open(second, slot: 1), second)
        // As under on_script_error: keep, without the step that failed.
        slot.resume(row: 1, without: 1)
        try script.run(slot, first)
        let outcome = Outcome(slot: slot, update: script.heard)
        #expect((0..<3).map { outcome.labels($0) } == [["city of 1"], ["city of 2"], ["city of 3"]])
    }

    @Test("no part of a rejected mapping remains")
    func refusedMapping() throws {
        let script = try TestScript(
            "return { map = function(user) local t = { email = 'new@example.org' } t[user.key] = print return t end }")
        // In whatever order the keys come.
        let keys = (0..<40).map { "key\($0)" }
        let table = TestTable([("key", .text(keys))])
        try script.prepare(table)
        let slot = script.open(table)
        for row in keys.indices {
            #expect(luaError { try script.run(slot, table) }?.row == row)
            slot.resume(row: row, without: 0)
        }
        try script.run(slot, table)
        #expect(keys.indices.allSatisfy { slot.email($0) == nil })
    }

    @Test("a module that failed once fails again for the same reason")
    func failedModule() throws {
        let script = try TestScript(
            "return { run = function() return require('lib.bad') end }",
            modules: [LuaSource(module: "lib.bad", file: "lib/bad.lua", text: "error('broken')")])
        for _ in 0..<2 { #expect(luaError { _ = try script.call("run") }?.message == "broken") }
    }

    @Test("the location of an error is a file of the package, never something that a script wrote")
    func locations() throws {
        let error = try #require(luaError { _ = try TestScript.evaluate("error('ada@example.com:1: boom', 0)") })
        #expect(error.file == "hooks.lua")
        #expect(error.message == "ada@example.com:1: boom")
    }
}

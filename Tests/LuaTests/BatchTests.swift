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

    @Test("after a failure the caller chooses: give the row up, or go on without the step")
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
            let outcome = try LuaOutcome(rowCapacity: 4, outputs: 1)
            outcome.reset()
            let error = try #require(luaError { try script.run(table, into: outcome) })
            #expect(error.row == 1)
            #expect(error.step == 0)
            if asIfAbsent { outcome.resume(row: 1, without: 0) } else { outcome.resume(afterFailureOf: 1) }
            try script.run(table, into: outcome)
            #expect(outcome.verdicts(4) == [.kept, asIfAbsent ? .kept : .failed, .dropped(reason: 0), .kept])
            #expect((0..<4).map { outcome.email($0) } == ["m1", nil, "m3", "m4"])
        }
    }

    @Test("an outcome is reused without traces of the batch before")
    func reuse() throws {
        let script = try TestScript("return { map = function(user) if user.id == 1 then return { email = 'x' } end end }")
        let table = ids(2)
        try script.prepare(table)
        let outcome = try LuaOutcome(rowCapacity: 2, outputs: 1)
        for selected: [UInt8] in [[1, 1], [0, 1]] {
            outcome.reset()
            try script.run(table, selected: selected, into: outcome)
            #expect(outcome.email(0) == (selected[0] == 1 ? "x" : nil))
        }
        #expect(outcome.verdict(0) == .leftOut)
    }

    @Test("reasons are counted once each, cut at 200 bytes, mended where they are not UTF-8, and bounded in number")
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
        let outcome = try script.run(ids(2_000))
        let reasons = script.machine.reasons(from: 0)
        func reason(_ row: Int) -> String? { if case .dropped(let number) = outcome.verdict(row) { reasons[number] } else { nil } }
        #expect(reason(0) == String(repeating: "é", count: 100))
        #expect(reason(1) == "a\u{FFFD}b")
        #expect(reason(2) == "no reason given")
        #expect(reason(3) == "reason 4")
        #expect(reason(1_999) == "other reasons")
        #expect(reasons.count == 1_002)
    }

    @Test("a batch that does not have the prepared columns is refused")
    func wrongColumns() throws {
        let script = try TestScript("return { filter = function(user) return true end }")
        try script.prepare(ids(1))
        let outcome = try LuaOutcome(rowCapacity: 1, outputs: 1)
        outcome.reset()
        #expect(luaError { try script.run(TestTable([("a", .integer([1])), ("b", .integer([1]))]), into: outcome) }?.code == .misuse)
        #expect(luaError { try script.run(ids(2), into: outcome) }?.code == .misuse)
    }

    @Test("a mapped value is at most 16 KB")
    func largeValue() throws {
        let script = try TestScript("return { map = function(user) return { email = ('x'):rep(user.n) } end }")
        #expect(try script.run(TestTable([("n", .integer([16_384]))])).email(0)?.utf8.count == 16_384)
        #expect(luaError { _ = try script.run(TestTable([("n", .integer([16_385]))])) }?.code == .contract)
    }

    @Test("every call has its own instructions: many small rows never use up what one may")
    func budgetPerCall() throws {
        let script = try TestScript(
            "return { filter = function(user) for i = 1, 500 do local _ = i end return true end }",
            limits: LuaLimits(instructionsPerCall: 3_000))
        #expect(try script.run(ids(1_000)).verdicts(1_000).allSatisfy { $0 == .kept })
    }

    @Test("the same instructions end a row wherever it stands in a batch")
    func budgetIsDeterministic() throws {
        let text = "return { filter = function(user) for i = 1, user.id * 100 do local _ = i end return true end }"
        func firstFailure(from start: Int64) throws -> Int64? {
            let script = try TestScript(text, limits: LuaLimits(instructionsPerCall: 5_000))
            let table = TestTable([("id", .integer((start...(start + 40)).map { $0 }))])
            return luaError { _ = try script.run(table) }.flatMap { $0.row.map { start + Int64($0) } }
        }
        let first = try firstFailure(from: 1)
        #expect(first != nil)
        #expect(try firstFailure(from: 7) == first)
        #expect(try firstFailure(from: 13) == first)
    }

    @Test("processor time is counted over a whole batch")
    func processorTime() throws {
        let script = try TestScript(
            "return { filter = function(user) for i = 1, 100000 do local _ = i end return true end }",
            limits: LuaLimits(processorTime: .milliseconds(20)))
        let error = luaError { _ = try script.run(ids(1_000)) }
        #expect(error?.code == .processorTime)
        #expect(error?.message == "used up the 20 ms of processor time of one batch")
    }
}

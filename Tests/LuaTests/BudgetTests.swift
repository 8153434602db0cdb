import Lua
import Testing

@Suite("What rows may use, and what they cost")
struct BudgetTests {
    private func ids(_ count: Int) -> TestTable { TestTable([("id", .integer((1...Int64(count)).map { $0 }))]) }

    @Test("every call has its own instructions: many small rows never use up the budget of one")
    func budgetPerCall() throws {
        let script = try TestScript(
            "return { filter = function(user) for i = 1, 500 do local _ = i end return true end }",
            limits: LuaLimits(instructionsPerCall: 3_000))
        #expect(try script.run(ids(1_000)).verdicts(1_000).allSatisfy { $0 == .kept })
    }

    @Test("the same instructions end a row wherever it is in a batch")
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
        #expect(error?.mentions("20 ms") == true)
    }

    @Test("the most expensive row of each step is reported by its number")
    func costs() throws {
        let script = try TestScript(
            """
            return {
              map = function(user) end,
              filter = function(user) for i = 1, user.id * 1000 do local _ = i end return true end,
            }
            """)
        let outcome = try script.run(ids(9), rowNumbers: [11, 12, 13, 14, 19, 15, 16, 17, 18])
        #expect(outcome.update.costs.map(\.rowNumber).last == 18)
        #expect((outcome.update.costs.last?.instructions ?? 0) > 9_000)
        #expect(outcome.update.costs.first?.instructions == 0)
    }

    @Test("exact counting counts the instructions of a short call, always with the same result")
    func exactCosts() throws {
        var limits = LuaLimits()
        limits.exactInstructions = true
        let counts = try (0..<2).map { _ in
            try TestScript("return { filter = function(user) return user.id > 0 end }", limits: limits).run(ids(3)).update.costs[0]
                .instructions
        }
        #expect(counts[0] == counts[1])
        #expect((1...20).contains(counts[0]))
    }

    @Test("a row pays only for itself, not for tables of the machine that grow meanwhile")
    func ownCosts() throws {
        let text = "return { filter = function(user) local s = user.name .. 'x' .. user.id return #s > 3 end }"
        let count = 20_000
        let table = TestTable([
            ("id", .integer((1...Int64(count)).map { $0 })), ("name", .text((1...count).map { "user number \($0) of many" })),
        ])
        let script = try TestScript(text, limits: LuaLimits(instructionsPerCall: 1_100))
        #expect(try script.run(table).verdicts(count).allSatisfy { $0 == .kept })
    }
}

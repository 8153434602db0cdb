import CLuaHost
import Foundation
import Support
import Testing

@testable import Lua

@Suite("The jail")
struct JailTests {
    static let jail = LuaJail(executable: BuiltProgram.path("jail-program"))

    private func ids(_ count: Int) -> TestTable {
        TestTable([
            ("id", .integer((1...Int64(count)).map { $0 })), ("email", .text((1...count).map { "user\($0)@example.com" })),
            ("country", .text((1...count).map { $0 % 2 == 0 ? "FR" : nil })),
        ])
    }

    @Test("a worker gives the verdicts that a machine in this process gives")
    func agreement() throws {
        let text = """
            return {
              map = function(user) return { email = user.email:upper() } end,
              filter = function(user) if user.id % 3 == 0 then return false, "third " .. user.id % 2 end return true end,
              breakdown = function(user) return user.country end,
            }
            """
        let outcomes = try [nil, Self.jail].map { try TestScript(text, jail: $0).run(ids(1_000)) }
        for row in 0..<1_000 {
            #expect(outcomes[0].verdict(row) == outcomes[1].verdict(row))
            #expect(outcomes[0].email(row) == outcomes[1].email(row))
            #expect(outcomes[0].labels(row) == outcomes[1].labels(row))
        }
        #expect(outcomes[0].update == outcomes[1].update)
    }

    @Test("a column crosses only when a script reads it")
    func columnsOnDemand() throws {
        let script = try TestScript("return { filter = function(user) return user.country == nil or user.id == 4 end }", jail: Self.jail)
        let table = ids(4)
        try script.prepare(table)
        let slot = script.open(table)
        var fetched: [Int] = []
        try script.machine.start(slot)
        let (_, failure) = try script.machine.finish(slot) { _, column in
            fetched.append(column)
            slot.put(table.columns[column], at: column)
        }
        #expect(failure == nil)
        #expect(fetched == [2, 0])
        #expect(slot.verdicts(4) == [.kept, .dropped(reason: 0), .kept, .kept])
    }

    @Test("several batches may be under way, and each has its own answer")
    func pipelining() throws {
        let script = try TestScript("return { filter = function(user) return user.id > 2 end }", jail: Self.jail)
        let (first, second) = (ids(5), ids(3))
        try script.prepare(first)
        let slots = [script.open(first, slot: 0), script.open(second, slot: 1)]
        try script.machine.start(slots[0])
        try script.machine.start(slots[1])
        for (slot, table) in [(slots[1], second), (slots[0], first)] {
            _ = try script.machine.finish(slot) { number, column in
                script.machine.slots[number].put((number == 0 ? first : second).columns[column], at: column)
            }
            #expect(slot.verdicts(table.rowCount).count { $0 == .kept } == table.rowCount - 2)
        }
    }

    @Test("a killed worker costs its batch: the error names the row, and later requests fail at once")
    func killed() throws {
        let script = try TestScript("return { filter = function(user) return user.email ~= nil end }", jail: Self.jail)
        let table = ids(3)
        try script.prepare(table)
        let slot = script.open(table)
        try script.machine.start(slot)
        let pid = try #require(script.machine.processID)
        let error = luaError {
            // Killed while it waits for a column, in the middle of the first row.
            _ = try script.machine.finish(slot) { _, _ in kill(pid, SIGKILL) }
        }
        #expect(error?.code == .crashed)
        #expect(error?.row == 0)
        #expect(error?.step == 0)
        #expect(luaError { _ = try script.machine.update() }?.code == .crashed)
    }

    @Test("a worker that stands still is ended")
    func silence() throws {
        let script = try TestScript("return { filter = function(user) return true end }", jail: Self.jail)
        let worker = try #require(script.machine.port as? Worker)
        // Only now, because loading the script may take long while many tests run.
        worker.jail.longestSilence = .zero
        kill(worker.processID, SIGSTOP)
        #expect(luaError { _ = try script.machine.update() }?.code == .processorTime)
    }

    @Test("no worker outlives its machine")
    func ends() throws {
        var script: TestScript? = try TestScript("return {}", jail: Self.jail)
        let pid = try #require(script?.machine.processID)
        #expect(kill(pid, 0) == 0)
        script = nil
        #expect(kill(pid, 0) != 0)
    }

    @Test("a program that is not a worker, or does not exist, is an error")
    func noWorker() {
        for path in ["/bin/true", "/no/such/program"] {
            #expect(luaError { _ = try LuaMachine(jail: LuaJail(executable: path), slots: 1) }?.code == .noWorker)
        }
    }

    @Test("a worker without the filter reports it")
    func unfiltered() throws {
        var jail = Self.jail
        jail.wantsFilter = false
        #expect(try LuaMachine(jail: jail, slots: 1).isFiltered == false)
        #if os(Linux)
            #expect(try LuaMachine(jail: Self.jail, slots: 1).isFiltered == true)
        #endif
    }
}

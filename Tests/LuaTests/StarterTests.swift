#if os(Linux)
    import CLuaHost
    import Foundation
    import Support
    import Testing

    @testable import Lua

    @Suite("Workers that are copies of one program")
    struct StarterTests {
        private static let text = """
            local total = 0
            local hidden = setmetatable({}, { __index = function() return total end })
            return {
              filter = function(user)
                total = total + 1
                return math.random(1, 1000000) % 2 == user.id % 2, tostring(total)
              end,
              total = function() return total, hidden.x end,
            }
            """

        private func machine() throws -> TestScript { try TestScript(Self.text, jail: JailTests.jail) }

        @Test("need hardly more programs than one, however many they are")
        func programs() throws {
            _ = try machine()
            let before = LuaJail.programsStarted
            for _ in 0..<30 { _ = try machine() }
            // A starter, and what tests beside this one start.
            #expect(LuaJail.programsStarted - before <= 12)
        }

        @Test("are processes of their own, and children of this one")
        func processes() throws {
            let machines = try (0..<4).map { _ in try machine().machine }
            let processes = try machines.map { try #require($0.processID) }
            #expect(Set(processes).count == 4)
            for process in processes {
                let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
                #expect(status.contains("PPid:\t\(getpid())\n"))
                #expect(status.contains("NoNewPrivs:\t1\n"))
                // No files but those that every worker has: the null device, the channel, and the two memories.
                // Only root may look.
                guard getuid() == 0 else { continue }
                let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
                #expect(files.sorted() == ["0", "1", "2", "3", "4", "5"])
            }
        }

        @Test("begin alike, whatever others did before and do beside them")
        func isolation() throws {
            let table = TestTable([("id", .integer((1...500).map { Int64($0) }))])
            func trace() throws -> (verdicts: [LuaSlot.Verdict], memory: Int) {
                let script = try machine()
                try script.machine.seedRandom(17)
                let outcome = try script.run(table)
                return ((0..<500).map { outcome.verdict($0) }, try script.machine.peakMemory)
            }
            let first = try trace()
            let greedy = try TestScript(
                """
                local kept = {}
                return { filter = function(user)
                  for i = 1, 1000 do kept[#kept + 1] = ("x"):rep(100) .. #kept end
                  string.total, math.random = 1, nil
                  return true
                end }
                """, jail: JailTests.jail)
            _ = try? greedy.run(table)
            for _ in 0..<3 {
                let next = try trace()
                #expect(next.verdicts == first.verdicts)
                #expect(next.memory == first.memory)
            }
            withExtendedLifetime(greedy) {}
        }

        @Test("are started again after one was killed, and after the starter was")
        func deaths() throws {
            _ = try machine()
            let killed = try machine()
            kill(try #require(killed.machine.processID), SIGKILL)
            #expect(luaError { _ = try killed.machine.update() }?.code == .crashed)
            _ = try machine()
            let starter = hl_host_starter()
            if starter > 0 { kill(starter, SIGKILL) }
            for _ in 0..<3 { #expect(try machine().machine.isFiltered == true) }
        }
    }
#endif

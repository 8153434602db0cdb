import Foundation
import HooklineApp
import HooklineCore
import HooklineHooks
import HooklinePackages
import Lua
import MailchimpSimulator
import Testing

@Suite("The tests of packages")
struct TestingTests {
    private func with(
        _ tests: String, hooks: String = "return { filter = function(user) return user.id < 2, 'late' end }",
        _ body: (Workbench) async throws -> Void
    ) async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: hooks)
            try bench.write("activations/vip/samples/users.csv", "id,email,country\n1,ada@example.com,FR\n2,bob@example.com,FR\n")
            try bench.write("activations/vip/tests/users.yaml", tests)
            try await body(bench)
        }
    }

    @Test("pass or fail with what differs, and can be chosen by name")
    func results() async throws {
        try await with("- test: good\n  expect: { added: [ada@example.com] }\n- test: wrong\n  expect: { added: [bob@example.com] }\n") {
            bench in
            let run = try await bench.app.test(TestRequest())
            #expect(run.results.map(\.hasPassed) == [true, false] && run.hasFailures && !run.hasUnreadable)
            #expect(run.results[1].differences.joined().contains("bob@example.com"))
            var request = TestRequest(["vip"])
            request.filter = "GOOD"
            #expect(try await bench.app.test(request).results.map(\.test.name) == ["good"])
            request.filter = "neither"
            let none = await #expect(throws: AppError.self) { try await bench.app.test(request) }
            #expect(none?.code == .noTests)
            #expect(bench.server.journal.total == 0)
        }
    }

    @Test("find their people in either spelling of an international domain")
    func spellings() async throws {
        let tests = """
            - test: one
              members: [cy@例え.example]
              contacts: [ada@xn--maana-pta.example, cy@xn--r8jz45g.example]
              expect:
                added: [ada@xn--maana-pta.example]
                removed: [cy@XN--R8JZ45G.example]
                members: [ada@man\u{303}ana.example]
                buckets: { in_segment: 1 }
                mapped: { ada@xn--maana-pta.example: { tier: gold } }
            - test: another
              expect: { added: [ada@manana.example] }

            """
        let hooks = "return { map = function() return { tier = 'gold' } end }"
        try await with(tests, hooks: hooks) { bench in
            try bench.write("activations/vip/samples/users.csv", "id,email,country\n1,ada@mañana.example,FR\n")
            let run = try await bench.app.test(TestRequest())
            #expect(run.results.map(\.hasPassed) == [true, false], "\(run.results[0].differences)")
        }
    }

    @Test("take a few programs at most, and each begins as if it were the first")
    func fresh() async throws {
        let test = "  expect: { mapped: { ada@example.com: { tier: seen 1 }, bob@example.com: { tier: seen 2 } } }\n"
        let hooks = "local seen = 0 return { map = function() seen = seen + 1 return { tier = 'seen ' .. seen } end }"
        try await with((1...26).map { "- test: number \($0)\n\(test)" }.joined(), hooks: hooks) { bench in
            let before = LuaJail.programsStarted
            let run = try await bench.app.test(TestRequest())
            #expect(run.results.count == 26 && run.results.allSatisfy(\.hasPassed), "\(run.results[0].differences)")
            #if os(Linux)
                // One, and a starter of the others; suites beside this one share it.
                #expect(LuaJail.programsStarted - before <= 2)
            #endif
        }
    }

    @Test("of a broken file stop their own package only")
    func broken() async throws {
        try await with("") { bench in
            try bench.write(activation: "other", hooks: "return { filter = function() return true end }")
            try bench.write("activations/other/samples/users.csv", "id,email,country\n1,ada@example.com,FR\n")
            try bench.write("activations/other/tests/a.yaml", "- test: fine\n  expect: { added: [ada@example.com] }\n")
            let run = try await bench.app.test(TestRequest())
            #expect(run.results.map(\.hasPassed) == [true])
            #expect(run.issues.map(\.code) == ["manifest.empty"] && run.hasUnreadable && !run.hasFailures)
            await #expect(throws: IssuesFound.self) { try await bench.app.test(TestRequest(["vip"])) }
        }
    }

    @Test("need a sample that can be read, unless they expect it cannot")
    func unreadable() async throws {
        try await with("- test: one\n  expect: { added: [] }\n- test: two\n  expect: { error: is no column }\n") { bench in
            try bench.write("activations/vip/samples/users.csv", "id,country\n1,FR\n")
            let run = try await bench.app.test(TestRequest())
            #expect(run.results.map(\.isUnreadable) == [true, false])
        }
    }

    @Test("write snapshots, compare them, and remove those that no test has anymore")
    func snapshots() async throws {
        try await with("- test: one\n  expect: { snapshot: true }\n- test: two\n  expect: { snapshot: true }\n") { bench in
            var request = TestRequest()
            #expect(try await bench.app.test(request).hasFailures)
            request.updatesSnapshots = true
            #expect(try await !bench.app.test(request).hasFailures)
            request.updatesSnapshots = false
            #expect(try await !bench.app.test(request).hasFailures)
            try bench.write("activations/vip/tests/users.yaml", "- test: one\n  expect: { snapshot: true }\n")
            #expect(try await bench.app.test(request).packages[0].orphans == ["tests/snapshots/two.json"])
            request.updatesSnapshots = true
            _ = try await bench.app.test(request)
            #expect(bench.has("activations/vip/tests/snapshots/one.json") && !bench.has("activations/vip/tests/snapshots/two.json"))
        }
    }

    @Test("are written for CI, and say which lines ran")
    func reports() async throws {
        try await with(
            "- test: \"a < b\\u0001\"\n  expect: { added: [bob@example.com] }\n",
            hooks: "return {\n  filter = function(user)\n    if user.id > 7 then\n      return false\n    end\n    return true\n  end,\n}\n"
        ) { bench in
            var request = TestRequest()
            request.recordsCoverage = true
            let run = try await bench.app.test(request)
            #expect(run.packages[0].coverage?.files.map(\.missedLines) == [[4]])
            try run.writeJUnit(to: bench.path("junit.xml"))
            try run.writeLCOV(to: bench.path("lcov.info"))
            let junit = try bench.read("junit.xml")
            #expect(junit.contains("tests=\"1\" failures=\"1\"") && junit.contains("name=\"a &lt; b\""))
            #expect(try bench.read("lcov.info").contains("DA:4,0"))
            let error = #expect(throws: AppError.self) { try run.writeJUnit(to: bench.path("none/junit.xml")) }
            #expect(error?.code == .cannotWriteResults)
        }
    }

    @Test("run again when a file has changed, but not for their own snapshots")
    func state() async throws {
        try await with("- test: one\n  expect: { snapshot: true }\n") { bench in
            var request = TestRequest()
            request.updatesSnapshots = true
            let before = try bench.app.stateOfFiles(for: request)
            _ = try await bench.app.test(request)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: bench.path("activations/vip/hooks.lua"))
            let after = try bench.app.stateOfFiles(for: request)
            #expect(before != after && !after.contains("one.json"))
        }
    }
}

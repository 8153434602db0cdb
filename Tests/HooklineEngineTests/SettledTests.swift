import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Testing

@Suite("A plan of a segment that has what it can have")
struct SettledTests {
    private func plan(_ scenario: Scenario, _ rows: [(String, String)], _ setup: Scenario.Setup = .init()) async throws -> RunReport {
        try await scenario.runner(rows, setup).plan().plan.asReport(stop: nil, seconds: 0, startedAt: 0)
    }

    @Test("changes nothing, and says apart who is only asked again")
    func settles() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<50)
        let first = try await plan(scenario, rows)
        #expect(!first.changesNothing && first.segments[0].added == 50 && first.segments[0].askedAgain == nil)
        await scenario.run(rows)
        for _ in 1...2 {
            let report = try await plan(scenario, rows)
            let segment = report.segments[0]
            #expect(segment.added == 0 && segment.removed == 0 && segment.askedAgain == 40 && segment.members == 10)
            #expect(report.changesNothing && report.buckets.notAContact == 40 && report.buckets.total == report.rows)
            let run = await scenario.run(rows)
            #expect(run.segments[0].askedAgain == 40 && run.segments[0].added == 0 && run.buckets == report.buckets)
        }
    }

    @Test("counts a user of several labels who is asked again once")
    func labels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<5))
        let rows = users(0..<4, "FR,IT") + users(5..<7, "FR,IT")
        await scenario.breakDown(rows)
        // They travel with the one who enters; for themselves alone, contacts that changed are asked for.
        let hooks = ScriptedHooks.labelling()
        let report = try await plan(scenario, rows + users(4..<5, "FR,IT"), .init(hooks: hooks))
        #expect(report.buckets.notAContact == 2 && report.segments.map(\.askedAgain) == [2, 2] && report.segments.map(\.added) == [1, 1])
        let settled = try await plan(scenario, rows, .init(hooks: hooks))
        #expect(settled.changesNothing && settled.buckets.notAContact == 2)
    }

    @Test("changes something when the segment gets another name, is made again or is taken over")
    func changes() async throws {
        let scenario = try Scenario(contacts: addresses(0..<4))
        await scenario.run(users(0..<4))
        #expect(try await plan(scenario, users(0..<4)).changesNothing)
        #expect(try await !plan(scenario, users(0..<4), .init(name: "Very important")).changesNothing)
        #expect(try await !plan(scenario, users(0..<4), .init(options: RunOptions(refresh: .reset))).changesNothing)
        #expect(try await !plan(scenario, users(0..<3)).changesNothing)
    }
}

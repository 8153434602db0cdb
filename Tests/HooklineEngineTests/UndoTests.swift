import HooklineCore
import HooklineEngine
import Mailchimp
import Support
import Testing

@Suite("Undoing a run")
struct UndoTests {
    @Test("removes whom it added, adds whom it removed, and touches nobody else")
    func undo() async throws {
        let scenario = try await Scenario.after(0..<20, contacts: 40)
        await scenario.run(users(5..<30) + users(100..<103))
        let report = try await scenario.undo()
        #expect(report.outcome == .done)
        #expect(report.kind == .undo)
        #expect([report.segments[0].added, report.segments[0].removed, report.segments[0].unchanged] == [5, 10, 15])
        #expect(report.calls == 1)
        #expect(report.warnings.map(\.code) == ["undo.again"])
        #expect(scenario.members() == addresses(0..<20).sorted())
        let again = await scenario.run(users(5..<30))
        #expect([again.segments[0].added, again.segments[0].removed] == [10, 5])
        #expect(scenario.members() == addresses(5..<30).sorted())
    }

    @Test("can itself be undone, and runs that changed nothing do not stand between")
    func twice() async throws {
        let scenario = try await Scenario.after(0..<10, 0..<12)
        let second = try scenario.lastRun
        await scenario.run(users(0..<12))
        try await scenario.undo(second)
        #expect(scenario.members().count == 10)
        try await scenario.undo()
        #expect(scenario.members().count == 12)
    }

    @Test("is refused for any run but the last that changed anything, and names that one")
    func notTheLast() async throws {
        let scenario = try await Scenario.after(0..<10)
        let first = try scenario.lastRun
        await scenario.run(users(0..<12))
        let refused = try await scenario.undo(first)
        #expect(refused.error?.code == "engine.cannot_undo")
        #expect(refused.error?.advice?.contains(try scenario.ledger.history(of: "vip", limit: 2)[1].run) == true)
        await scenario.run(users(0..<12))
        let changesNothing = try scenario.lastRun
        #expect(try await scenario.undo(changesNothing).error?.code == "engine.cannot_undo")
        #expect(scenario.members().count == 12)
    }

    @Test("reaches further back once the runs between have been undone")
    func further() async throws {
        let scenario = try await Scenario.after(0..<5, 0..<10)
        let first = try scenario.lastRun
        await scenario.run(users(3..<20))
        let second = try scenario.lastRun
        #expect(try await scenario.undo(second).outcome == .done)
        #expect(try await scenario.undo(second).error?.code == "engine.cannot_undo")
        #expect(try await scenario.undo(first).outcome == .done)
        #expect(scenario.members() == addresses(0..<5))
        // Undoing the undo puts the first run in force again.
        try await scenario.undo(try scenario.ledger.history(of: "vip", limit: 9).first { $0.undoes == first.run })
        #expect(scenario.members() == addresses(0..<10))
    }

    @Test("says what to do when the segment is gone")
    func segmentGone() async throws {
        let scenario = try await Scenario.after(0..<20)
        let run = try scenario.lastRun
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: try #require(run.segments[0].id))
        let refused = try await scenario.undo(run)
        #expect(refused.error?.code == "engine.segment_gone")
        #expect(refused.error?.advice?.contains("hookline run vip") == true)
        #expect(await scenario.run(users(0..<20)).outcome == .done)
    }

    @Test("is held by the safeguards and the review hook")
    func safeguards() async throws {
        let scenario = try await Scenario.after(0..<5, 0..<40)
        let run = try scenario.lastRun
        let limit = Safeguards(maxRemoved: .count(10))
        #expect(try await scenario.undo(run, .init(safeguards: limit)).error?.code == "safeguards.removals")
        let hooks = ScriptedHooks(review: { _ in .stop(reason: "no") })
        #expect(try await scenario.undo(run, .init(hooks: hooks)).error?.code == "review.stopped")
        #expect(scenario.members().count == 40)
        let options = RunOptions(allowance: SafeguardCheck.Allowance(removals: 35))
        let report = try await scenario.undo(run, .init(options: options, safeguards: limit))
        #expect(report.outcome == .done)
        #expect(report.overrides?.map(\.code) == ["safeguards.removals"])
        #expect(scenario.members().count == 5)
    }

    @Test("of a refresh puts back who was there before, and of a breakdown who had which label")
    func others() async throws {
        let scenario = try await Scenario.after(0..<10)
        await scenario.run(users(5..<15), .init(options: RunOptions(refresh: .reset)))
        #expect(try await scenario.undo().outcome == .done)
        #expect(scenario.members() == addresses(0..<10))

        let labelled = try Scenario(contacts: addresses(0..<40))
        await labelled.breakDown(users(0..<4, "FR") + users(4..<8, "BE"))
        await labelled.breakDown(users(0..<2, "FR") + users(2..<8, "BE"))
        #expect(try await labelled.undo().outcome == .done)
        #expect(labelled.members(of: "VIP · FR") == addresses(0..<4))
        #expect(labelled.members(of: "VIP · BE") == addresses(4..<8))
    }
}

@Suite("Undoing, where a run or an undo was interrupted")
struct InterruptedUndoTests {
    @Test("takes back what an interrupted run sent, whether its answers came or not", arguments: [0, 1, 2])
    func interruptedRun(answers: Int) async throws {
        let scenario = try await Scenario.after(0..<1_500, contacts: 3_000)
        await scenario.losingAnswers(spared: answers) { await scenario.run(users(700..<3_000)) }
        #expect(try scenario.lastRun.outcome == .failed)
        #expect(try await scenario.undo().outcome == .done)
        #expect(scenario.members() == addresses(0..<1_500).sorted())
    }

    @Test("continues where it was interrupted itself", arguments: [0, 1, 2])
    func interruptedUndo(answers: Int) async throws {
        let scenario = try await Scenario.after(0..<1_500, 700..<3_000, contacts: 3_000)
        let run = try scenario.lastRun
        #expect(try await scenario.losingAnswers(spared: answers) { try await scenario.undo(run) }.outcome == .failed)
        #expect(try await scenario.undo(run).outcome == .done)
        #expect(scenario.members() == addresses(0..<1_500).sorted())
    }

    @Test("names itself as the way to continue")
    func advice() async throws {
        let scenario = try await Scenario.after(0..<20)
        let run = try scenario.lastRun
        let report = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await scenario.undo(run)
        }.value
        #expect(report.error?.code == "engine.interrupted")
        #expect(report.error?.advice?.contains("hookline undo \(run.run)") == true)
    }

    @Test("knows an undo of an interrupted undo from one that finishes it")
    func undoOfUndo() async throws {
        let scenario = try await Scenario.after(0..<20, 10..<40)
        let run = try scenario.lastRun
        try await scenario.losingAnswers { try await scenario.undo(run) }
        #expect(try await scenario.undo().outcome == .done)
        #expect(scenario.members() == addresses(10..<40))
        #expect(try await scenario.undo(run).outcome == .done)
        #expect(scenario.members() == addresses(0..<20).sorted())
    }

    @Test("is refused where an undo and the undo of that were interrupted: what they left uncertain means the opposite")
    func undoOfUndoInterrupted() async throws {
        let scenario = try await Scenario.after(0..<20, 10..<40)
        let run = try scenario.lastRun
        let reports = try await scenario.losingAnswers { [try await scenario.undo(run), try await scenario.undo()] }
        #expect(reports.map(\.outcome) == [.failed, .failed])
        #expect(try await scenario.undo(run).error?.code == "engine.cannot_undo")
        await scenario.run(users(10..<40))
        #expect(scenario.members() == addresses(10..<40))
    }

    @Test("is refused where run and undo were both interrupted, and the next run puts it right")
    func bothInterrupted() async throws {
        let scenario = try await Scenario.after(0..<20)
        let reports = try await scenario.losingAnswers { [await scenario.run(users(10..<40)), try await scenario.undo()] }
        #expect(reports.map(\.outcome) == [.failed, .failed])
        let run = reports[0]
        #expect(try await scenario.undo(run).error?.code == "engine.cannot_undo")
        await scenario.run(users(0..<20))
        #expect(scenario.members() == addresses(0..<20).sorted())
    }
}

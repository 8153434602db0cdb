import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization
import Testing

@Suite("Taking a run back")
struct UndoTests {
    private func last(_ scenario: Scenario) throws -> RunReport { try #require(try scenario.ledger.history(of: "vip", limit: 1).first) }

    @Test("whom it added leaves, whom it removed enters, and nobody else is touched")
    func undo() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<20))
        await scenario.run(users(5..<30) + users(100..<103))
        let report = await scenario.runner([]).undo(try last(scenario))
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

    @Test("can itself be taken back, and runs that changed nothing do not stand between")
    func twice() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<10))
        await scenario.run(users(0..<12))
        let second = try last(scenario)
        await scenario.run(users(0..<12))
        #expect(await scenario.runner([]).undo(second).outcome == .done)
        #expect(scenario.members().count == 10)
        #expect(await scenario.runner([]).undo(try last(scenario)).outcome == .done)
        #expect(scenario.members().count == 12)
    }

    @Test("is refused for another run than the last that changed anything")
    func notTheLast() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<10))
        let first = try last(scenario)
        await scenario.run(users(0..<12))
        let second = try last(scenario)
        let refused = await scenario.runner([]).undo(first)
        #expect(refused.error?.code == "engine.cannot_undo")
        #expect(refused.error?.advice?.contains(second.run) == true)
        await scenario.run(users(0..<12))
        #expect(await scenario.runner([]).undo(try last(scenario)).error?.code == "engine.cannot_undo")
        #expect(scenario.members().count == 12)
    }

    @Test("reaches further back when the runs between have been taken back")
    func further() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<5))
        await scenario.run(users(0..<10))
        let first = try last(scenario)
        await scenario.run(users(3..<20))
        let second = try last(scenario)
        #expect(await scenario.runner([]).undo(second).outcome == .done)
        #expect(await scenario.runner([]).undo(second).error?.code == "engine.cannot_undo")
        #expect(await scenario.runner([]).undo(first).outcome == .done)
        #expect(scenario.members() == addresses(0..<5))
        // Taking back what took back puts the first run in force again.
        #expect(await scenario.runner([]).undo(try last(scenario)).outcome == .done)
        #expect(scenario.members() == addresses(0..<10))
    }

    @Test("takes back what a cut-off run sent, whether its answers came or not", arguments: [0, 1, 2])
    func cutOff(answers: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<3_000))
        await scenario.run(users(0..<1_500))
        let calls = Mutex(0)
        scenario.transport.loseAnswers { call in
            guard call.method == "POST" else { return false }
            return calls.withLock {
                $0 += 1; return $0 > answers
            }
        }
        await scenario.run(users(700..<3_000))
        let cut = try last(scenario)
        #expect(cut.outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        let report = await scenario.runner([]).undo(cut)
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.members() == addresses(0..<1_500).sorted())
    }

    @Test("goes on where it was cut off itself", arguments: [0, 1, 2])
    func continued(answers: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<3_000))
        await scenario.run(users(0..<1_500))
        await scenario.run(users(700..<3_000))
        let run = try last(scenario)
        let calls = Mutex(0)
        scenario.transport.loseAnswers { call in
            guard call.method == "POST" else { return false }
            return calls.withLock {
                $0 += 1; return $0 > answers
            }
        }
        #expect(await scenario.runner([]).undo(run).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        let report = await scenario.runner([]).undo(run)
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.members() == addresses(0..<1_500).sorted())
    }

    @Test("says what to do when the segment is gone")
    func segmentGone() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<20))
        let run = try last(scenario)
        try await scenario.runner([]).client.deleteSegment(audience: Scenario.audience, id: try #require(run.segments[0].id))
        let refused = await scenario.runner([]).undo(run)
        #expect(refused.error?.code == "engine.segment_gone")
        #expect(refused.error?.advice?.contains("hookline run vip") == true)
        #expect(await scenario.run(users(0..<20)).outcome == .done)
    }

    @Test("interrupted, names itself as the way to go on")
    func interrupted() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<20))
        let run = try last(scenario)
        let report = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await scenario.runner([]).undo(run)
        }.value
        #expect(report.error?.code == "engine.interrupted")
        #expect(report.error?.advice?.contains("hookline undo \(run.run)") == true)
    }

    @Test("knows an undo of a cut-off undo from one that finishes it")
    func undoOfUndo() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<20))
        await scenario.run(users(10..<40))
        let run = try last(scenario)
        scenario.transport.loseAnswers { $0.method == "POST" }
        #expect(await scenario.runner([]).undo(run).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        #expect(await scenario.runner([]).undo(try last(scenario)).outcome == .done)
        #expect(scenario.members() == addresses(10..<40))
        #expect(await scenario.runner([]).undo(run).outcome == .done)
        #expect(scenario.members() == addresses(0..<20).sorted())
    }

    @Test("is refused where an undo and the undo of that were cut off: what they left in doubt means the opposite")
    func undoOfUndoCutOff() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<20))
        await scenario.run(users(10..<40))
        let run = try last(scenario)
        scenario.transport.loseAnswers { $0.method == "POST" }
        #expect(await scenario.runner([]).undo(run).outcome == .failed)
        #expect(await scenario.runner([]).undo(try last(scenario)).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        #expect(await scenario.runner([]).undo(run).error?.code == "engine.cannot_undo")
        await scenario.run(users(10..<40))
        #expect(scenario.members() == addresses(10..<40))
    }

    @Test("is refused where run and undo were both cut off, and the next run mends it")
    func bothCutOff() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<20))
        scenario.transport.loseAnswers { $0.method == "POST" }
        await scenario.run(users(10..<40))
        let cut = try last(scenario)
        #expect(await scenario.runner([]).undo(cut).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        #expect(await scenario.runner([]).undo(cut).error?.code == "engine.cannot_undo")
        await scenario.run(users(0..<20))
        #expect(scenario.members() == addresses(0..<20).sorted())
    }

    @Test("is held by the safeguards and the review hook")
    func safeguards() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<5))
        await scenario.run(users(0..<40))
        let run = try last(scenario)
        let limit = Safeguards(maxRemoved: .count(10))
        #expect(await scenario.runner([], safeguards: limit).undo(run).error?.code == "safeguards.removals")
        let hooks = ScriptedHooks(review: { _ in .stop(reason: "no") })
        #expect(await scenario.runner([], hooks: hooks).undo(run).error?.code == "review.stopped")
        #expect(scenario.members().count == 40)
        let options = RunOptions(allowance: SafeguardCheck.Allowance(removals: 35))
        let report = await scenario.runner([], options: options, safeguards: limit).undo(run)
        #expect(report.outcome == .done)
        #expect(report.overrides?.map(\.code) == ["safeguards.removals"])
        #expect(scenario.members().count == 5)
    }

    @Test("of a refresh puts back who was there before, and of a breakdown who had which label")
    func others() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<10))
        await scenario.run(users(5..<15), options: RunOptions(refresh: .reset))
        #expect(await scenario.runner([]).undo(try last(scenario)).outcome == .done)
        #expect(scenario.members() == addresses(0..<10))

        let labelled = try Scenario(contacts: addresses(0..<40))
        _ = await labelled.breakDown(users(0..<4, "FR") + users(4..<8, "BE"))
        _ = await labelled.breakDown(users(0..<2, "FR") + users(2..<8, "BE"))
        #expect(await labelled.runner([]).undo(try last(labelled)).outcome == .done)
        #expect(labelled.members(of: "VIP · FR") == addresses(0..<4))
        #expect(labelled.members(of: "VIP · BE") == addresses(4..<8))
    }
}

import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A run")
struct RunnerTests {
    @Test("makes the segment and fills it with those who are contacts")
    func firstRun() async throws {
        let scenario = try Scenario(contacts: addresses(0..<8))
        let report = await scenario.run(users(0..<10))
        #expect(report.outcome == .done)
        #expect(scenario.members() == addresses(0..<8).sorted())
        #expect(report.segments[0].added == 8)
        #expect(report.buckets.inSegment == 8)
        #expect(report.buckets.notAContact == 2)
        #expect(report.buckets.total == report.rows)
        #expect(scenario.journal.contactsCreatedThroughAPI == 0)
    }

    @Test("adds who entered and removes who left, and nobody else is touched")
    func secondRun() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        await scenario.run(users(0..<10))
        let report = await scenario.run(users(3..<15))
        #expect(scenario.members() == addresses(3..<15).sorted())
        var expected = SegmentReport(id: 1001, name: "VIP", members: 12, added: 5, removed: 3, unchanged: 7)
        expected.seen = SeenMembers(10, at: report.startedAt, by: .count)
        expected.believed = nil
        #expect(report.segments[0] == expected)
        #expect(report.calls == 2)
    }

    @Test("without changes costs no call")
    func nothingToDo() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<10))
        let report = await scenario.run(users(0..<10))
        #expect(report.calls == 1)
        #expect(report.segments[0].unchanged == 10)
    }

    @Test("never sends more than 500 additions and 500 removals in a call, and as few calls as that allows")
    func batches() async throws {
        let scenario = try Scenario(contacts: addresses(0..<3_000))
        #expect(await scenario.run(users(0..<1_501)).calls == 2 + 4)
        #expect(await scenario.run(users(1_000..<2_600)).calls == 4)
        #expect(scenario.members() == addresses(1_000..<2_600).sorted())
        #expect(scenario.journal.mostAddressesToAdd == 500)
        #expect(scenario.journal.mostAddressesToRemove == 500)
        #expect(scenario.journal.highestConcurrency <= 9)
    }

    @Test("ends the same when Mailchimp throttles, fails, loses answers and lies", arguments: 1...10)
    func faults(_ seed: UInt64) async throws {
        var options = SimulatorOptions()
        options.seed = seed
        options.faults = [
            .init(.tooManyRequests, rate: 0.1), .init(.internalError, rate: 0.1), .init(.lost, rate: 0.05), .init(.dropped, rate: 0.05),
            .init(.htmlForbidden, rate: 0.02), .init(.lie, rate: 0.05),
        ]
        let scenario = try Scenario(contacts: addresses(0..<1_400), options: options)
        #expect(await scenario.run(users(0..<1_500)).outcome == .done)
        #expect(scenario.members() == addresses(0..<1_400).sorted())
        let second = await scenario.run(users(700..<1_500))
        #expect(second.outcome == .done)
        #expect(second.buckets.inSegment == 700)
        #expect(scenario.members() == addresses(700..<1_400).sorted())
        #expect(scenario.journal.contactsCreatedThroughAPI == 0)
    }

    @Test("puts every row into one bucket")
    func buckets() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        let rows: [(String, String)] =
            users(0..<10) + [
                ("", "FR"), ("nobody", "FR"), ("USER1@example.com ", "FR"), ("stranger@example.org", "FR"), ("user50@example.com", "DE"),
            ]
        let hooks = ScriptedHooks(row: { batch, row in batch.columns[1].text(row) == "user2@example.com" ? .drop("not her") : .keep })
        let rules = Condition.test(.init(field: "country", operation: .equal, value: .scalar("FR")))
        let report = await scenario.run(rows, .init(hooks: hooks, rules: rules))
        #expect(report.buckets.inSegment == 9)
        #expect(report.buckets.droppedByHook == ["not her": 1])
        #expect(report.buckets.droppedByRules == 1)
        #expect(report.buckets.noEmail == 1)
        #expect(report.buckets.badEmail == 1)
        #expect(report.buckets.duplicate == 1)
        #expect(report.buckets.notAContact == 1)
        #expect(report.buckets.total == report.rows)
    }

    @Test("takes the address that the map hook gives, and none when it clears it")
    func mapped() async throws {
        let scenario = try Scenario(contacts: ["work@example.com", "user1@example.com"])
        let hooks = ScriptedHooks(row: { batch, row in
            switch batch.columns[1].text(row) {
            case "user0@example.com": .keepAs("Work@Example.com")
            case "user2@example.com": .clear
            default: .keep
            }
        })
        let report = await scenario.run(users(0..<3), .init(hooks: hooks))
        #expect(scenario.members() == ["user1@example.com", "work@example.com"])
        #expect(report.buckets.noEmail == 1)
    }

    @Test("takes off what is around an address, counts the rows, and mails nobody whose letter folds into another's")
    func cleanedAddresses() async throws {
        let scenario = try Scenario(contacts: ["user0@example.com", "user1@example.com", "user2@example.com", "mike@example.com"])
        let source = InMemorySource(
            Scenario.columns,
            rows: [
                [1, " User0@example.com", "FR"], [2, "\u{200B}user1@example.com", "FR"], [3, "mailto:user2@example.com", "FR"],
                [4, "mi\u{212A}e@example.com", "FR"], [5, "user0@example.com, user1@example.com", "FR"], [6, "'user2@example.com", "FR"],
            ])
        let report = await scenario.run([], .init(source: source))
        #expect(scenario.members() == ["user0@example.com", "user1@example.com", "user2@example.com"])
        #expect(report.buckets.badEmail == 2)
        #expect(report.buckets.duplicate == 1)
        #expect(report.warnings.map(\.code) == ["email.cleaned"])
        #expect(report.warnings[0].message.contains("3 rows"))
        #expect(report.warnings[0].message.contains("row 2"))
    }

    @Test("takes off what is around an address that a hook maps, too")
    func cleanedMapping() async throws {
        let scenario = try Scenario(contacts: addresses(0..<3))
        let hooks = ScriptedHooks(row: { batch, row in
            batch.columns[1].text(row) == "user0@example.com" ? .keepAs("Work <USER2@example.com>") : .drop("other")
        })
        let report = await scenario.run(users(0..<2), .init(hooks: hooks))
        #expect(scenario.members() == ["user2@example.com"])
        #expect(report.warnings.map(\.code) == ["email.cleaned"])
    }

    @Test("renames the segment when its name changes, and makes no other one")
    func rename() async throws {
        let scenario = try Scenario(contacts: addresses(0..<5))
        await scenario.run(users(0..<5))
        let report = await scenario.run(users(0..<5), .init(hooks: ScriptedHooks(name: { name, _ in "\(name) · March" })))
        #expect(report.segments[0].id == 1001)
        #expect(report.calls == 2)
        #expect(scenario.members(of: "VIP · March").count == 5)
        #expect(scenario.transport.withAccount { $0.segmentViews.count } == 1)
    }

    @Test("a renaming whose answer was lost is sent again, also when the old name is wanted again")
    func lostRenaming() async throws {
        let scenario = try Scenario(contacts: addresses(0..<5))
        await scenario.run(users(0..<5))
        let lost = await scenario.losingAnswers(to: "PATCH") { await scenario.run(users(0..<5), .init(name: "Best")) }
        #expect(lost.outcome == .failed)
        #expect(scenario.members(of: "Best").count == 5)
        let again = await scenario.run(users(0..<5), .init(name: "VIP"))
        #expect(again.outcome == .done)
        #expect(scenario.members(of: "VIP").count == 5)
        #expect(await scenario.run(users(0..<5), .init(name: "VIP")).calls == 1)
    }

    @Test("says what the report hook says, and an error in it is only a warning")
    func reportHook() async throws {
        struct Mistake: Error {}
        let scenario = try Scenario(contacts: addresses(0..<5))
        let told = await scenario.run(users(0..<5), .init(hooks: ScriptedHooks(report: { "+\($0.segments[0].added)" })))
        #expect(told.note == "+5")
        let mistaken = await scenario.run(users(0..<4), .init(hooks: ScriptedHooks(report: { _ in throw Mistake() })))
        #expect(mistaken.outcome == .done)
        #expect(mistaken.warnings.count == 1)
    }
}

import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("The segment of a label that vanished")
struct VanishedLabelTests {
    private let deleting = Breakdown(deleteEmpty: true)

    @Test("is emptied, reported once and kept; the label's return fills it again")
    func emptied() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        let report = await scenario.breakDown(users(0..<4, "FR"))
        #expect(report.calls == 2)
        #expect(report.segments.first { $0.label == "BE" }?.removed == 2)
        #expect(report.warnings.map(\.code) == ["breakdown.vanished"])
        #expect(scenario.members(of: "VIP · BE").isEmpty)
        #expect(scenario.segmentNames == ["VIP · BE", "VIP · FR"])
        let quiet = await scenario.breakDown(users(0..<4, "FR"))
        #expect(quiet.calls == 1)
        #expect(quiet.warnings.isEmpty)
        #expect(quiet.segments.map(\.label) == ["FR"])
        let back = await scenario.breakDown(users(0..<4, "FR") + users(5..<8, "BE"))
        #expect(back.segments.first { $0.label == "BE" }?.id == report.segments.first { $0.label == "BE" }?.id)
        #expect(scenario.members(of: "VIP · BE") == addresses(5..<8))
    }

    @Test("is deleted when the manifest says so; the label's return makes another")
    func deleted() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"), .init(breakdown: deleting))
        let report = await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deleting))
        #expect(report.calls == 2)
        let gone = try #require(report.segments.first { $0.label == "BE" })
        #expect(gone.deleted == true)
        #expect(gone.removed == 2)
        #expect(gone.members == 0)
        #expect(report.warnings.map(\.code) == ["breakdown.vanished"])
        #expect(scenario.segmentNames == ["VIP · FR"])
        #expect(try scenario.ledger.segments(of: "vip").map(\.key.label) == ["FR"])
        #expect(await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deleting)).calls == 1)
        let back = await scenario.breakDown(users(0..<4, "FR") + users(5..<8, "BE"), .init(breakdown: deleting))
        #expect(back.segments.first { $0.label == "BE" }?.id != gone.id)
        #expect(scenario.members(of: "VIP · BE") == addresses(5..<8))
    }

    @Test("is deleted by a later run when the manifest has changed its mind")
    func deletedLater() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        await scenario.breakDown(users(0..<4, "FR"))
        #expect(await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deleting)).calls == 2)
        #expect(scenario.segmentNames == ["VIP · FR"])
    }

    @Test("is deleted by the next run when the answer was lost", arguments: [true, false])
    func lostAnswer(_ deletesStill: Bool) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"), .init(breakdown: deleting))
        let cut = await scenario.losingAnswers(to: "DELETE") { await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deleting)) }
        #expect(cut.outcome == .failed)
        #expect(try scenario.ledger.segments(of: "vip").map(\.phase) == [.deleting, .live])
        let next = await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deletesStill ? deleting : Breakdown()))
        #expect(next.outcome == .done, "\(next.error?.message ?? "")")
        #expect(scenario.members(of: "VIP · BE").isEmpty)
        #expect(scenario.members(of: "VIP · FR") == addresses(0..<4))
        #expect(try scenario.ledger.segments(of: "vip").allSatisfy { $0.phase == .live })
        if deletesStill { #expect(scenario.segmentNames == ["VIP · FR"]) }
    }

    @Test("is there again when its label comes back after a deletion whose answer was lost")
    func backAfterLostAnswer() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"), .init(breakdown: deleting))
        await scenario.losingAnswers(to: "DELETE") { await scenario.breakDown(users(0..<4, "FR"), .init(breakdown: deleting)) }
        let next = await scenario.breakDown(users(0..<4, "FR") + users(4..<7, "BE"), .init(breakdown: deleting))
        #expect(next.outcome == .done, "\(next.error?.message ?? "")")
        #expect(scenario.members(of: "VIP · BE") == addresses(4..<7))
    }

    @Test("counts as emptied when somebody has deleted it in Mailchimp")
    func goneAlready() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let first = await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        let id = try #require(first.segments.first { $0.label == "BE" }?.id)
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: id)
        #expect(await scenario.breakDown(users(0..<4, "FR")).outcome == .done)
        #expect(await scenario.breakDown(users(0..<4, "FR")).calls == 1)
    }

    @Test("leaves its name to another label when it is deleted, and to none when it is kept")
    func name() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR"))
        let kept = await scenario.breakDown(users(0..<4, "fr"))
        #expect(kept.outcome == .stopped)
        #expect(kept.error?.code == "engine.same_segment_name")
        let report = await scenario.breakDown(users(0..<4, "fr"), .init(breakdown: deleting))
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.segmentNames == ["VIP · fr"])
        #expect(scenario.members(of: "VIP · fr") == addresses(0..<4))
    }

    @Test("stops the run when its users go with it, or move to another label together")
    func safeguards() async throws {
        let scenario = try Scenario(contacts: addresses(0..<200))
        let rows = users(0..<150, "FR") + users(150..<180, "BE") + users(180..<181, "LU")
        await scenario.breakDown(rows)
        let usual = Safeguards()
        #expect(await scenario.breakDown(users(0..<150, "FR"), .init(safeguards: usual)).error?.code == "safeguards.removals")
        #expect(await scenario.breakDown(users(0..<181, "FR"), .init(safeguards: usual)).error?.code == "safeguards.removals")
        #expect(await scenario.breakDown(users(0..<181, ""), .init(safeguards: usual)).error?.code == "safeguards.removals")
        #expect(scenario.segmentNames == ["VIP · BE", "VIP · FR", "VIP · LU"])
        #expect(scenario.members(of: "VIP · BE").count == 30)
        // A country with one customer who moves is daily life.
        let moved = await scenario.breakDown(
            users(0..<150, "FR") + users(150..<181, "BE"), .init(safeguards: Safeguards(maxRemoved: .percent(10))))
        #expect(moved.outcome == .done, "\(moved.error?.message ?? "")")
    }

    @Test("stops the run when many small labels vanish together; what the message allows lets it pass")
    func smallLabels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<200))
        await scenario.breakDown((0..<30).map { ("user\($0)@example.com", "L\($0 / 3)") })
        let stopped = await scenario.breakDown(users(0..<30, ""), .init(safeguards: Safeguards()))
        #expect(stopped.error?.advice?.contains("--allow-removals 30") == true)
        let allowed = RunOptions(allowance: .init(removals: 30))
        #expect(await scenario.breakDown(users(0..<30, ""), .init(options: allowed, safeguards: Safeguards())).outcome == .done)
    }
}

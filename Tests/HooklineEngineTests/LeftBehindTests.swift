import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Testing

@Suite("Segments that are left in another audience are not left without a word")
struct LeftBehindTests {
    private let other = "f6e7d8c9b0"

    private func scenario() throws -> Scenario {
        var options = SimulatorOptions()
        options.otherAudiences = [other]
        return try Scenario(contacts: addresses(0..<10), options: options)
    }

    private func left(_ report: RunReport) -> [String] {
        report.warnings.filter { $0.code == "segment.left_behind" }.map(\.message)
    }

    @Test("every plan and run in the new audience names the old segment, its members, and the commands")
    func audience() async throws {
        let scenario = try scenario()
        #expect(left(await scenario.run(users(0..<4))).isEmpty)
        let moved = Scenario.Setup(audience: other)
        let (plan, _) = try await scenario.runner(users(0..<4), moved).plan()
        #expect(plan.warnings.map(\.code) == ["segment.left_behind"])
        for _ in 1...2 {
            let told = left(await scenario.run(users(0..<4), moved))
            #expect(told.count == 1)
            for part in ["'VIP'", "id 1001", "audience \(Scenario.audience)", "4 members", "state forget vip --elsewhere --delete"] {
                #expect(told.first?.contains(part) == true, "\(part) in \(told)")
            }
        }
        #expect(scenario.members() == addresses(0..<4), "nothing happens to it by itself")
    }

    @Test("labels' segments, too, all in one warning, also after the breakdown was removed")
    func labels() async throws {
        let scenario = try scenario()
        let rows = users(0..<2, "FR") + users(2..<5, "BE")
        await scenario.run(rows, .init(hooks: ScriptedHooks.labelling()))
        let removed = await scenario.run(rows)
        #expect(removed.warnings.map(\.code) == ["breakdown.vanished", "breakdown.vanished"], "in the same audience they are emptied")
        #expect(left(removed).isEmpty)
        await scenario.run(rows, .init(hooks: ScriptedHooks.labelling()))
        let told = left(await scenario.run(rows, .init(audience: other)))
        #expect(told.count == 1 && told[0].contains("3 segments"))
        #expect(told[0].contains("'VIP · BE'") && told[0].contains("3 members"))
    }

    @Test("what a simulator on this machine had is nobody's mail, unless it is the account itself")
    func simulator() {
        func segment(_ endpoint: String, _ audience: String) -> LedgerSegment {
            LedgerSegment(
                id: 1, key: SegmentKey(endpoint: endpoint, audience: audience, activation: "vip", label: nil), mailchimpID: 7, name: "VIP",
                phase: .live, phaseSince: 1, revision: 1, members: 3, waiting: 0)
        }
        let (real, local) = ("https://us21.api.mailchimp.com/3.0", "http://127.0.0.1:8089/3.0")
        func isLeft(_ endpoint: String, _ audience: String, from now: String?) -> Bool {
            LeftBehind(of: "vip", audience: "a1", endpoint: now, among: [segment(endpoint, audience)]) != nil
        }
        #expect(
            !isLeft(real, "a1", from: real) && isLeft(real, "a2", from: real)
                && isLeft("https://us5.api.mailchimp.com/3.0", "a1", from: real))
        #expect(!isLeft(local, "a2", from: real) && isLeft(local, "a2", from: local) && isLeft(real, "a1", from: local))
        #expect(!isLeft(real, "a1", from: nil) && isLeft(real, "a2", from: nil), "of a token only the audience is known")
    }
}

import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("The names of labels' segments")
struct LabelNameTests {
    @Test("follow the name hook, whose new names rename")
    func rename() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<4, "FR") + users(4..<6, "BE")
        await scenario.breakDown(rows) { "\($1 ?? "all") of \($0)" }
        #expect(scenario.segmentNames == ["BE of VIP", "FR of VIP"])
        let report = await scenario.breakDown(rows) { "\($0)/\($1 ?? "all")" }
        #expect(report.calls == 3)
        #expect(scenario.segmentNames == ["VIP/BE", "VIP/FR"])
    }

    @Test("clash when two labels come to one name, whatever the case: nothing is sent")
    func clash() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.breakDown(users(0..<4, "gold") + users(4..<6, "Gold"))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "engine.same_segment_name")
        #expect(report.error?.message.contains("label 'Gold' and label 'gold'") == true, "\(report.error?.message ?? "")")
        #expect(scenario.segmentNames.isEmpty)
    }

    @Test("have 1 to 100 bytes on one line", arguments: [String(repeating: "é", count: 48), "a\u{7}b"])
    func badNames(_ label: String) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        #expect(await scenario.breakDown(users(0..<4, label)).error?.code == "engine.bad_segment_name")
        #expect(scenario.segmentNames.isEmpty)
        #expect(await scenario.breakDown(users(0..<4, String(repeating: "x", count: 93))).outcome == .done)
    }

    @Test("may be handed on from one label to the next")
    func chain() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<2, "a") + users(2..<4, "b") + users(4..<6, "c")
        await scenario.breakDown(rows) { _, label in ["a": "one", "b": "two", "c": "three"][label ?? ""] ?? "none" }
        let report = await scenario.breakDown(rows + users(6..<8, "d")) { _, label in
            ["a": "two", "b": "three", "c": "four", "d": "one"][label ?? ""] ?? "none"
        }
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.members(of: "two") == addresses(0..<2))
        #expect(scenario.members(of: "four") == addresses(4..<6))
        #expect(scenario.members(of: "one") == addresses(6..<8))
    }

    @Test("are not swapped: that is said before anything is sent")
    func swap() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<2, "a") + users(2..<4, "b")
        await scenario.breakDown(rows) { _, label in label == "a" ? "one" : "two" }
        let before = scenario.journal.total
        let report = await scenario.breakDown(rows) { _, label in label == "a" ? "two" : "one" }
        #expect(report.error?.code == "engine.same_segment_name")
        #expect(scenario.journal.total == before + 1)
    }

    @Test("stop being made at max_segments, early and without an address in the message")
    func tooMany() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = (0..<5_000).map { ("user\($0)@example.com", "user\($0)@example.com") }
        let report = await scenario.run(rows, .init(hooks: ScriptedHooks.labelling(), breaksBefore: 4_500))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "engine.too_many_labels")
        #expect(report.error?.message.contains("51 labels") == true)
        #expect(report.error?.message.contains("@") == false)
        #expect(scenario.journal.total == 0)
        let few = Breakdown(maxSegments: 2)
        #expect(await scenario.breakDown(users(0..<2, "a") + users(2..<3, "b") + users(3..<5, ""), .init(breakdown: few)).outcome == .done)
        #expect(await scenario.breakDown(users(0..<3, "a,b,c"), .init(breakdown: few)).error?.code == "engine.too_many_labels")
    }
}

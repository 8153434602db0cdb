import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A name that Mailchimp shows in another way")
struct ShownNameTests {
    private func scenario(showing change: @escaping @Sendable (String) -> String) throws -> Scenario {
        let scenario = try Scenario(contacts: addresses(0..<10))
        scenario.transport.showNames(change)
        return scenario
    }

    @Test(
        "is neither sent again nor taken for somebody's renaming",
        arguments: [" VIP customers ", "\u{a0}VIP\t", "Coffee & Cake", "Café <3", "VIP 🎉 customers", "Über-VIPs"], [false, true])
    func stays(_ name: String, _ follows: Bool) async throws {
        let scenario = try scenario { shown in
            shown.filter { !$0.unicodeScalars.contains { $0.properties.isEmojiPresentation } }.replacing("&", with: "&amp;")
                .replacing("<", with: "&lt;").uppercased()
        }
        var setup = Scenario.Setup()
        setup.name = name
        setup.driftPolicy.onRename = follows ? .follow : .restore
        #expect(await scenario.run(users(0..<5), setup).outcome == .done)
        for _ in 1...3 {
            let report = await scenario.run(users(0..<5), setup)
            #expect(report.warnings == [] && report.calls == 1 && report.segments[0].renamedFrom == nil)
        }
        setup.name = "Something & else"
        setup.driftPolicy.onRename = .restore
        #expect(await scenario.run(users(0..<5), setup).warnings == [])
        let report = await scenario.run(users(0..<5), setup)
        #expect(report.warnings == [] && report.calls == 1)
    }

    @Test("is given back when a person changes it all the same")
    func renamed() async throws {
        let scenario = try scenario { $0.replacing("&", with: "&amp;").uppercased() }
        var setup = Scenario.Setup()
        setup.name = "Coffee & Cake"
        await scenario.run(users(0..<5), setup)
        _ = try await scenario.runner().client.renameSegment(audience: Scenario.audience, id: 1001, name: "Mine")
        #expect(await scenario.run(users(0..<5), setup).warnings.map(\.code) == ["drift.renamed"])
        let report = await scenario.run(users(0..<5), setup)
        #expect(report.warnings == [] && report.calls == 1)
    }
}

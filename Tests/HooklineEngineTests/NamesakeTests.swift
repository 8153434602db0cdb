import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A saved segment that has the name is left alone, whether Mailchimp gives the name twice or not")
struct NamesakeTests {
    private func scenario(_ names: SimulatorOptions.Behaviour.SavedNames) throws -> (Scenario, saved: Int) {
        var options = SimulatorOptions()
        options.behaviour.savedNames = names
        let scenario = try Scenario(contacts: addresses(0..<10), options: options)
        return (scenario, scenario.transport.makeSavedSegment("vip"))
    }

    private func types(_ scenario: Scenario) -> [String] {
        scenario.transport.withAccount { $0.segmentViews.map { "\($0.type) \($0.name)" } }
    }

    @Test("beside it a static one is made where that is allowed, and the plan says so", arguments: [false, true])
    func allowed(adopts: Bool) async throws {
        let (scenario, saved) = try scenario(.areApart)
        let report = await scenario.run(users(0..<4), .init(adopt: adopts))
        #expect(report.outcome == .done)
        let told = report.warnings.filter { $0.code == "segment.namesake" }
        #expect(told.count == 1 && told[0].message.contains("a saved segment 'vip' (id \(saved))"))
        #expect(types(scenario) == ["saved vip", "static VIP"])
        let next = await scenario.run(users(0..<4))
        #expect(next.calls == 1 && next.warnings.isEmpty)
    }

    @Test("where it is not, the run says which one has the name, and leaves nothing to finish", arguments: [false, true])
    func refused(adopts: Bool) async throws {
        let (scenario, saved) = try scenario(.areTaken)
        for _ in 1...2 {
            let report = await scenario.run(users(0..<4), .init(adopt: adopts))
            #expect(report.outcome == .failed && report.error?.code == "engine.name_held")
            #expect(report.error?.message.contains("a saved segment of that name (id \(saved))") == true)
            #expect(report.error?.advice?.contains("rename it in Mailchimp") == true)
            #expect(try scenario.ledger.segments(of: "vip").isEmpty)
        }
        #expect(types(scenario) == ["saved vip"])
    }

    @Test("a rename that is refused says so, too, and the segment keeps its name")
    func renamed() async throws {
        let (scenario, _) = try scenario(.areTaken)
        await scenario.run(users(0..<4), .init(name: "Gold"))
        let report = await scenario.run(users(0..<5), .init(name: "VIP"))
        #expect(report.error?.code == "engine.name_held")
        #expect(types(scenario) == ["saved vip", "static Gold"])
        #expect(await scenario.run(users(0..<5), .init(name: "Gold")).outcome == .done)
        #expect(scenario.members(of: "Gold") == addresses(0..<5))
    }

    @Test("a refresh under its name deletes nothing")
    func refresh() async throws {
        let (scenario, _) = try scenario(.areTaken)
        await scenario.run(users(0..<4), .init(name: "Gold"))
        let report = await scenario.run(users(0..<4), .init(options: RunOptions(refresh: .recreate), name: "VIP"))
        #expect(report.outcome == .stopped && report.error?.code == "engine.name_held")
        #expect(scenario.members(of: "Gold") == addresses(0..<4))
    }

    @Test("nobody can take it over by 'state import', which says what it is")
    func imported() async throws {
        let (scenario, saved) = try scenario(.areApart)
        let runner = scenario.runner()
        let importer = SegmentImporter(activation: runner.activation, client: runner.client, ledger: scenario.ledger)
        for text in ["VIP", "\(saved)"] {
            let error = await #expect(throws: EngineError.self) { try await importer.read(text, label: nil) }
            #expect(error?.code == .noSuchSegment && error?.message.contains("is a saved segment") == true)
        }
    }
}

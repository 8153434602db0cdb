import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("An address with an international domain is one person, however the source and Mailchimp spell it")
struct AddressSpellingTests {
    private static let letters = "ada@bücher.example"
    private static let ascii = "ada@xn--bcher-kva.example"

    /// What the source has and what Mailchimp was given.
    private static let ways = [(letters, letters), (ascii, ascii)]

    /// A scenario whose Mailchimp answers in the spelling that it was not sent, and in capitals.
    private func scenario(_ stored: String, more: Int = 3) throws -> Scenario {
        let scenario = try Scenario(contacts: [stored] + addresses(0..<more))
        scenario.transport.showAddresses { address in
            switch address.lowercased() {
            case Self.letters: Self.ascii.uppercased()
            case Self.ascii: Self.letters.uppercased()
            default: address
            }
        }
        return scenario
    }

    private var reconciling: RunOptions {
        var options = RunOptions()
        options.reconciles = true
        return options
    }

    @Test("a comparison of members finds neither a stranger nor somebody lost", arguments: ways)
    func reconciled(_ source: String, _ stored: String) async throws {
        let scenario = try scenario(stored)
        let rows = [(source, "FR")] + users(0..<2)
        #expect(await scenario.run(rows).segments[0].members == 3)
        let report = await scenario.run(rows, .init(options: reconciling))
        #expect(report.warnings.isEmpty && report.segments[0].added == 0 && report.segments[0].removed == 0)
        #expect(scenario.members().count == 3)
    }

    @Test("nor does a segment that is taken over lose and add them, by --adopt or 'state import'", arguments: ways)
    func takenOver(_ source: String, _ stored: String) async throws {
        let scenario = try scenario(stored)
        try await scenario.makeForeignSegment("VIP", members: [stored] + addresses(0..<1))
        let runner = scenario.runner()
        let found = try await SegmentImporter(activation: runner.activation, client: runner.client, ledger: scenario.ledger)
            .read("VIP", label: nil)
        #expect(Set(found.members.hashes).contains(SubscriberHash(of: source)))
        let report = await scenario.run([(source, "FR")] + users(0..<1), .init(adopt: true))
        #expect(report.segments[0].added == 0 && report.segments[0].removed == 0 && report.segments[0].unchanged == 2)
    }

    @Test("somebody who becomes a contact is found among those that changed", arguments: ways)
    func changed(_ source: String, _ stored: String) async throws {
        let scenario = try scenario("zoe@example.com")
        let rows = [(source, "FR")] + users(100..<1_200)
        await scenario.run(rows)
        scenario.clock.advance(.seconds(600))
        try scenario.transport.signUp([stored])
        await scenario.run(rows)
        #expect(scenario.members().contains(stored))
        #expect(scenario.journal.calls["GET /lists/{list_id}/members"] == 1, "by a page of changed contacts")
    }

    @Test("two rows in two spellings are one person")
    func twoRows() async throws {
        let scenario = try scenario(Self.letters)
        let report = await scenario.run([(Self.letters, "FR"), (Self.ascii, "FR")])
        #expect(report.buckets.duplicate == 1 && report.segments[0].members == 1)
    }

    @Test(
        "explain finds the contact under the spelling that Mailchimp has", arguments: [(letters, ascii), (ascii, letters), (ascii, ascii)])
    func explained(_ asked: String, _ stored: String) async throws {
        let scenario = try scenario(stored)
        let runner = scenario.runner([(stored, "FR")])
        let explanation = try await Explainer(
            address: asked, activation: runner.activation, options: RunOptions(), client: runner.client, dependencies: runner.dependencies,
            hooks: nil
        ).explain()
        #expect(explanation.contact == "subscribed" && explanation.rows.count == 1)
    }
}

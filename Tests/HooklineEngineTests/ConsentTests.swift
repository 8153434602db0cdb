import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Testing

@Suite("Consent")
struct ConsentTests {
    private static let consent = Condition.test(Condition.Test(field: "country", operation: .equal, value: .scalar("yes")))
    private let ada = "ada@example.com"
    private let bea = "bea@example.com"

    private func setup() -> Scenario.Setup { Scenario.Setup(consent: Self.consent) }

    @Test(
        "of an address is refused by any row, in whatever order the rows come",
        arguments: [["no", "yes"], ["yes", "no"], ["yes", "yes", "no"]])
    func order(answers: [String]) async throws {
        let scenario = try Scenario(contacts: [ada, bea])
        let report = await scenario.run(answers.map { ("ADA@example.com", $0) } + [(bea, "yes")], setup())
        #expect(scenario.members() == [bea])
        #expect(report.buckets.noConsent == 1 && report.buckets.duplicate == answers.count - 1 && report.buckets.inSegment == 1)
        #expect(report.buckets.total == report.rows)
    }

    @Test("is not given by NULL, empty text or another word", arguments: ["", "NULL", "maybe", "Yes"])
    func absent(answer: String) async throws {
        let scenario = try Scenario(contacts: [ada])
        await scenario.run([(ada, answer)], setup())
        #expect(scenario.members().isEmpty)
    }

    @Test("is asked of rows that the rules drop, too")
    func dropped() async throws {
        let scenario = try Scenario(contacts: [ada, bea])
        var setup = setup()
        setup.rules = Self.consent
        let report = await scenario.run([(ada, "yes"), (ada, "no"), (bea, "yes")], setup)
        #expect(scenario.members() == [bea])
        #expect(report.buckets.noConsent == 1 && report.buckets.droppedByRules == 1)
        #expect(!report.warnings.contains { $0.code == "rows.different_ends" })
    }

    @Test("that is withdrawn in a later row removes a member, and one who was no contact is forgotten")
    func withdrawn() async throws {
        let scenario = try Scenario(contacts: [ada])
        await scenario.run([(ada, "yes"), (bea, "yes")], setup())
        #expect(scenario.members() == [ada])
        let report = await scenario.run([(ada, "yes"), (bea, "yes"), (ada, "no"), (bea, "no")], setup())
        #expect(scenario.members().isEmpty)
        #expect(report.buckets.noConsent == 2 && report.buckets.notAContact == 0 && report.buckets.inSegment == 0)
        await scenario.run([(ada, "yes")], setup())
        #expect(scenario.members() == [ada])
    }

    @Test("makes no segment for a label that only refused users have")
    func labels() async throws {
        let scenario = try Scenario(contacts: [ada, bea])
        var setup = setup()
        setup.hooks = ScriptedHooks(
            row: { batch, row in .label([batch.columns[1].text(row)?.hasPrefix("ada") == true ? "gold" : "iron"]) }, hasBreakdown: true)
        let report = await scenario.run([(ada, "yes"), (bea, "yes"), (ada, "no")], setup)
        #expect(report.outcome == .done)
        let made = scenario.transport.withAccount { $0.segmentViews.map(\.name) }
        #expect(made.count == 1 && made[0].contains("iron"))
        #expect(report.buckets.noConsent == 1)
    }

    @Test("of an address that a hook mapped is refused for that address, too")
    func mapped() async throws {
        let scenario = try Scenario(contacts: [ada, bea])
        var setup = setup()
        setup.rules = Self.consent
        setup.hooks = ScriptedHooks(row: { _, row in row == 0 ? .keepAs("ada@example.com") : .keep }, hasBreakdown: false)
        await scenario.run([("old@example.com", "yes"), (ada, "no")], setup)
        #expect(scenario.members().isEmpty)
        await scenario.run([("old@example.com", "yes"), ("old@example.com", "no")], setup)
        #expect(scenario.members().isEmpty)
        await scenario.run([("old@example.com", "yes")], setup)
        #expect(scenario.members() == [ada])
    }
}

@Suite("Rows of one address")
struct DifferentEndsTests {
    @Test("that meet different ends are a warning with their count")
    func ends() async throws {
        let scenario = try Scenario(contacts: ["ada@example.com", "bea@example.com"])
        let rules = Condition.test(Condition.Test(field: "country", operation: .equal, value: .scalar("FR")))
        let rows = [
            ("ada@example.com", "BE"), ("Ada@example.com ", "FR"), ("bea@example.com", "FR"), ("bea@example.com", "FR"),
            ("cid@example.com", "LU"),
        ]
        let report = await scenario.run(rows, .init(rules: rules))
        let warning = report.warnings.first { $0.code == "rows.different_ends" }
        #expect(warning?.message.contains("1 address has") == true && warning?.message.contains("row 2") == true)
        #expect(scenario.members() == ["ada@example.com", "bea@example.com"])
    }

    @Test("in two spellings of its domain that meet different ends are a warning, too")
    func spellings() async throws {
        let scenario = try Scenario(contacts: ["zoe@mañana.example"])
        let rules = Condition.test(Condition.Test(field: "country", operation: .equal, value: .scalar("FR")))
        let report = await scenario.run([("zoe@xn--maana-pta.example", "BE"), ("zoe@mañana.example", "FR")], .init(rules: rules))
        #expect(report.warnings.contains { $0.code == "rows.different_ends" })
    }

    @Test("with other labels are a warning")
    func labels() async throws {
        let scenario = try Scenario(contacts: ["ada@example.com"])
        let hooks = ScriptedHooks(row: { batch, row in .label([batch.columns[2].text(row) ?? "none"]) }, hasBreakdown: true)
        let report = await scenario.run([("ada@example.com", "FR"), ("ada@example.com", "FR")], .init(hooks: hooks))
        #expect(!report.warnings.contains { $0.code == "rows.different_ends" })
        let second = await scenario.run([("ada@example.com", "FR"), ("ada@example.com", "BE")], .init(hooks: hooks))
        #expect(second.warnings.contains { $0.code == "rows.different_ends" })
    }
}

@Suite("Refusals whose address cannot be read")
struct UnknownRefusalTests {
    @Test("are a warning with their count")
    func warning() async throws {
        let consent = Condition.test(Condition.Test(field: "country", operation: .equal, value: .scalar("yes")))
        let scenario = try Scenario(contacts: ["ada@example.com", "bea@example.com"])
        let rows = [("ada@example.com, bea@example.com", "no"), ("ada@example.com", "yes"), ("", "no"), ("nobody", "yes")]
        let report = await scenario.run(rows, .init(consent: consent))
        let warning = report.warnings.first { $0.code == "rows.unknown_refusals" }
        #expect(warning?.message.hasPrefix("1 row") == true && warning?.message.contains("row 1") == true)
    }
}

import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("Whatever the rows, rules and hooks")
struct RowOutcomePropertyTests {
    @Test(
        "a run, a test (or preview) and explain agree on every row and every bucket, with what a few lines of Swift work out",
        arguments: UInt64(1)...60)
    func agreement(seed: UInt64) async throws {
        let crowd = RandomCrowd(seed: seed)
        let expected = crowd.expectedFates
        let story: Comment = "seed \(seed)"

        let test = ScriptTest(
            name: "agreement", position: SourcePosition(file: "t.yaml", line: 1, column: 1), sample: "", parameters: [], now: 0, seed: 0,
            members: [:], contacts: .all, expectation: ScriptTest.Expectation())
        let scenario = try Scenario(contacts: crowd.addresses)
        let runner = scenario.runner(
            [],
            .init(
                hooks: crowd.hooks, rules: crowd.rules, consent: crowd.consent, threads: [1, 2, 8][Int(seed % 3)], source: crowd.source))
        let tester = ScriptTester(
            activation: runner.activation, test: test, source: crowd.source, hooks: crowd.hooks, makeLedger: { InMemoryLedger() })
        let tested = await tester.run()
        #expect(tested.error == nil, story)
        for (got, wanted) in zip(tested.fates, expected) { #expect(got == wanted, story) }
        #expect(tested.fates.count == expected.count, story)
        #expect(tested.plan?.buckets == crowd.expectedBuckets, story)

        for address in crowd.addresses.prefix(4) + ["nobody@example.org"] {
            let explained = try await Explainer(
                address: address.uppercased(), activation: runner.activation, options: runner.options, client: runner.client,
                dependencies: runner.dependencies, hooks: crowd.hooks
            ).explain()
            let rows = expected.filter { $0.original == address || $0.address == address }
            for (got, wanted) in zip(explained.rows, rows) {
                #expect(got.row == wanted.row && got.key == wanted.key && got.verdict == wanted.verdict, story)
                #expect(got.reason == wanted.reason && got.address == wanted.address && got.labels == wanted.labels, story)
                #expect(got.rules.map { $0.lines[0].holds == true } ?? true == (wanted.verdict != .droppedByRules), story)
            }
            #expect(explained.rows.count + explained.moreRows == rows.count, story)
            #expect(explained.rowsRead == expected.count, story)
        }

        let report = await runner.run()
        #expect(report.outcome == .done, "seed \(seed): \(report.failureText ?? "")")
        #expect(report.rows == expected.count, story)
        #expect(report.buckets == crowd.expectedBuckets, story)
    }
}

/// Rows, rules and hooks that follow from a seed, and what must become of each row: worked out one row after the other, from tables.
private struct RandomCrowd {
    /// A field's text, and how it reads: nil for no address, "" for one that cannot be.
    private static let emails: [(text: String?, address: String?)] =
        [(nil, nil), ("", nil), ("  ", nil), ("nobody", ""), ("a@b", ""), ("two@@example.com", "")]
        + (0..<12).flatMap { number in
            ["user\(number)@example.com", " User\(number)@Example.COM", "USER\(number)@EXAMPLE.com\t"].map {
                ($0, "user\(number)@example.com")
            }
        }

    private struct Row {
        let email: (text: String?, address: String?)
        let country: String?
    }

    private let rows: [Row]
    let rules: Condition?
    let consent: Condition?
    private let selects: (_ id: Int, _ country: String?) -> Bool
    private let answers: [ScriptedHooks.Answer]
    private let hasHooks: Bool

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Some crowds fill several batches.
        let size = seed.isMultiple(of: 10) ? 2_500 : Int.random(in: 1...60, using: &random)
        rows = (0..<size).map { _ in
            Row(
                email: Self.emails.randomElement(using: &random) ?? (nil, nil),
                country: ["FR", "BE", "LU", nil].randomElement(using: &random) ?? nil)
        }
        (rules, selects) = Self.rules(kind: Int.random(in: 0...3, using: &random), half: size / 2)
        // Nothing but France and Belgium, in three of four crowds.
        consent =
            seed.isMultiple(of: 4)
            ? nil : .test(Condition.Test(field: "country", operation: .isIn, value: .list([.scalar("FR"), .scalar("BE")])))
        hasHooks = Int.random(in: 0..<4, using: &random) > 0
        let choices: [ScriptedHooks.Answer] = [
            .keep, .keep, .keepAs(" User3@example.com"), .keepAs("user20@example.com"), .keepAs("not one"), .keepAs(" "), .clear,
            .drop("too new"), .drop("too old"), .label(["gold"]), .label(["new", "gold"]),
        ]
        answers = (0..<size).map { _ in choices.randomElement(using: &random) ?? .keep }
    }

    /// Rules, and the same as a Swift closure.
    private static func rules(kind: Int, half: Int) -> (Condition?, (_ id: Int, _ country: String?) -> Bool) {
        func country(_ operation: Condition.Operation, _ value: Condition.Value) -> Condition {
            .test(Condition.Test(field: "country", operation: operation, value: value))
        }
        switch kind {
        case 0: return (nil, { _, _ in true })
        case 1: return (country(.equal, .scalar("FR")), { _, country in country == "FR" })
        case 2: return (.not(country(.equal, .scalar("FR"))), { _, country in country != nil && country != "FR" })
        default:
            let early = Condition.test(Condition.Test(field: "id", operation: .lessOrEqual, value: .scalar(Literal(plain: "\(half)"))))
            return (
                .any([country(.isIn, .list([.scalar("BE"), .scalar("LU")])), early]),
                { id, country in country == "BE" || country == "LU" || id <= half }
            )
        }
    }

    var source: InMemorySource {
        InMemorySource(
            Scenario.columns,
            rows: rows.enumerated().map { index, row in
                [.integer(Int64(index + 1)), row.email.text.map { .text($0) } ?? .null, row.country.map { .text($0) } ?? .null]
            })
    }

    var hooks: ScriptedHooks? {
        guard hasHooks else { return nil }
        return ScriptedHooks(row: { [answers] batch, row in answers[batch.rowNumbers[row] - 1] }, hasBreakdown: true)
    }

    /// Every address that a row may end with.
    var addresses: [String] { Array(Set(expectedFates.compactMap(\.address))).sorted() }

    // MARK: What must become of them

    private var refusedAddresses: Set<String> {
        if consent == nil { return [] }
        var refused = refusedByRow
        while true {
            let before = refused.count
            for index in rows.indices where hasHooks && selects(index + 1, rows[index].country) {
                guard case .keepAs(let mapped) = answers[index], let mapped = Self.reading(mapped), !mapped.isEmpty else { continue }
                if let own = rows[index].email.address, refused.contains(own) { refused.insert(mapped) }
            }
            if refused.count == before { return refused }
        }
    }

    private var refusedByRow: Set<String> {
        rows.indices.reduce(into: []) { refused, index in
            if ["FR", "BE"].contains(rows[index].country) { return }
            if let own = rows[index].email.address, !own.isEmpty { refused.insert(own) }
            guard hasHooks, selects(index + 1, rows[index].country), case .keepAs(let mapped) = answers[index] else { return }
            if let mapped = Self.reading(mapped), !mapped.isEmpty { refused.insert(mapped) }
        }
    }

    var expectedFates: [RowFate] {
        var firsts: [String: Int] = [:]
        let refused = refusedAddresses
        return rows.enumerated().map { index, row in
            var fate = RowFate(row: index + 1, key: "\(index + 1)", verdict: .kept)
            fate.original = row.email.text.map { $0.lowercased().filter { !$0.isWhitespace } }
            guard selects(index + 1, row.country) else {
                fate.verdict = .droppedByRules
                return fate
            }
            var address = row.email.address
            switch hasHooks ? answers[index] : .keep {
            case .keep: break
            case .keepAs(let mapped): address = Self.reading(mapped)
            case .clear: address = nil
            case .label(let labels): fate.labels = labels
            case .drop(let reason):
                (fate.verdict, fate.reason) = (.dropped, reason)
                return fate
            }
            if address == nil { fate.verdict = .noEmail } else if address == "" { fate.verdict = .badEmail }
            guard let address, !address.isEmpty else { return fate }
            fate.address = address
            if let first = firsts[address] { (fate.verdict, fate.reason) = (.duplicate, "of row \(first)") }
            if firsts[address] == nil, refused.contains(address) { fate.verdict = .noConsent }
            if firsts[address] == nil { firsts[address] = index + 1 }
            return fate
        }
    }

    private static func reading(_ mapped: String) -> String? {
        switch mapped {
        case " User3@example.com": "user3@example.com"
        case "not one": ""
        case " ": nil
        default: mapped
        }
    }

    /// All addresses are contacts.
    var expectedBuckets: Buckets {
        var buckets = Buckets()
        for fate in expectedFates {
            switch fate.verdict {
            case .kept: buckets.inSegment += 1
            case .droppedByRules: buckets.droppedByRules += 1
            case .dropped: buckets.droppedByHook[fate.reason ?? "", default: 0] += 1
            case .noEmail: buckets.noEmail += 1
            case .badEmail: buckets.badEmail += 1
            case .noConsent: buckets.noConsent += 1
            case .duplicate: buckets.duplicate += 1
            case .superseded: buckets.superseded += 1
            case .badValue: buckets.badValue += 1
            }
        }
        return buckets
    }
}

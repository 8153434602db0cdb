import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("The primary key of a source")
struct PrimaryKeyTests {
    /// Rows with those keys, each with an address of its own; nil is NULL.
    private func source(_ keys: [Int?], country: (Int) -> String = { _ in "FR" }) -> InMemorySource {
        InMemorySource(
            Scenario.columns,
            rows: keys.enumerated().map { row, key in
                [key.map { .integer(Int64($0)) } ?? .null, .text("user\(row)@example.com"), .text(country(row))]
            })
    }

    private func run(_ keys: [Int?], limit: Safeguards.Limit? = nil, unexpected: Bool = false) async throws -> (RunReport, members: Int) {
        let scenario = try Scenario(contacts: addresses(0..<200))
        let options = RunOptions(allowance: .init(unexpected: unexpected))
        let report = await scenario.run([], .init(options: options, primaryKeyLimit: limit, source: source(keys)))
        return (report, scenario.members().count)
    }

    @Test("that every row has, once, is worth no word")
    func sound() async throws {
        let (report, members) = try await run(Array(1...100))
        #expect(report.outcome == .done && report.warnings.isEmpty && members == 100)
        let key = try #require(report.primaryKey)
        #expect((key.field, key.rows, key.missing, key.repeated, key.stops) == ("id", 100, 0, 0, false))
    }

    @Test("that up to five rows in a hundred lack or repeat is a warning, with the rows")
    func few() async throws {
        let (report, members) = try await run(Array(1...95) + [nil, nil, 1, 2, 2])
        #expect(report.outcome == .done && members == 100)
        #expect(report.warnings.map(\.code) == ["model.missing_key", "model.repeated_key"])
        #expect(report.warnings[0].message.contains("row 96") && report.warnings[1].message.contains("row 98"))
        let key = try #require(report.primaryKey)
        #expect((key.missing, key.firstMissing, key.repeated, key.firstRepeated) == (2, 96, 3, 98))
        #expect(key.examples.map(\.key) == ["1", "2"] && key.examples.map(\.row) == [1, 2] && key.examples.map(\.repeatedAt) == [98, 99])
        #expect(key.examples.map(\.differs) == [["email"], ["email"]])
    }

    @Test("that more rows lack or repeat stops the run, until somebody lets it pass")
    func many() async throws {
        let keys = Array(1...94).map(Int?.some) + [nil, nil, nil, 1, 1, 2]
        let (stopped, members) = try await run(keys)
        #expect(stopped.outcome == .stopped && stopped.error?.code == "expect.primary_key" && members == 0)
        #expect(stopped.error?.message.contains("6 of 100") == true && stopped.error?.advice?.contains("--allow-unexpected") == true)
        let (passed, all) = try await run(keys, unexpected: true)
        #expect(passed.outcome == .done && all == 100 && passed.overrides?.map(\.code) == ["expect.primary_key"])
    }

    @Test("has the limit that the model sets, as a share or as rows", arguments: [("0%", true), ("3%", false), ("1", true), ("3", false)])
    func limits(_ limit: String, _ stops: Bool) async throws {
        let parsed: Safeguards.Limit = limit.hasSuffix("%") ? .percent(Double(limit.dropLast()) ?? 0) : .count(Int(limit) ?? 0)
        let (report, _) = try await run(Array(1...97) + [1, 1, nil], limit: parsed)
        #expect((report.outcome == .stopped) == stops && report.primaryKey?.limit == limit)
    }

    @Test("is shown only if it is no address, and equal rows are told from those that differ")
    func privacy() async throws {
        let columns = [Column("id", .text), Column("email", .text), Column("country", .text)]
        let row: [Cell] = [.text("ada@example.com"), .text("user1@example.com"), .text("FR")]
        let rows = [
            row, row, [.text("k\u{1B}1"), .text("user2@example.com"), .null], [.text("k\u{1B}1"), .text("user2@example.com"), .text("BE")],
        ]
        let scenario = try Scenario(contacts: addresses(0..<9))
        let report = await scenario.run([], .init(source: InMemorySource(columns, rows: rows)))
        let examples = try #require(report.primaryKey?.examples)
        #expect(examples.map(\.differs) == [[], ["country"]] && examples[0].key == nil && examples[1].key == "k\u{1B}1")
        #expect(report.outcome == .stopped)
        let words = report.warnings.map(\.message) + [report.error?.message ?? ""]
        #expect(!words.contains { $0.contains("@") || $0.contains("\u{1B}") })
    }

    @Test("has examples also of neighbors far behind the first rows, and the same ones whatever the batches", arguments: [1, 7, 1_000])
    func late(_ perBatch: Int) async throws {
        var keys = Array(1...12_000).map(Int?.some)
        keys[11_999] = 11_999
        keys[11_500] = 5
        var source = source(keys) { "\($0 % 3)" }
        source.rowsPerBatch = perBatch == 7 ? 1_000 : perBatch
        let scenario = try Scenario(contacts: addresses(0..<3))
        let report = await scenario.run([], .init(source: source))
        let key = try #require(report.primaryKey)
        #expect(key.repeated == 2 && key.examples.first?.key == "5")
        // The neighbors of a batch's border are not compared.
        #expect(key.examples.count == (perBatch == 1 ? 1 : 2))
    }

    @Test("counts among the rows that count, if a user has several")
    func oneRow() async throws {
        let scenario = try Scenario(contacts: addresses(0..<9))
        let rows: [[Cell]] = (0..<9).flatMap { user in
            (0..<3).map { _ in [.integer(Int64(user)), .text("user\(user)@example.com"), .text("FR")] as [Cell] }
        }
        let report = await scenario.run(
            [], .init(oneRow: .init(key: .field("id"), keep: .last), source: InMemorySource(Scenario.columns, rows: rows)))
        #expect(report.outcome == .done && report.primaryKey?.rows == 9 && report.primaryKey?.repeated == 0)
    }
}

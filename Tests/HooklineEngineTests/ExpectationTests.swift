import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("What a model expects of its source")
struct ExpectationTests {
    private static let columns = Scenario.columns + [Column("seen", .timestamp), Column("day", .date)]

    /// Answers as a test says.
    private struct Signals: SourceSignals {
        var value = SignalValue.nothing
        var marker: Int64?
        var file: Int64?
        func answer(to query: String, isCancelled: @escaping @Sendable () -> Bool) throws -> SignalValue { value }
        func modification(of path: String) throws -> Int64? { marker }
        func modificationOfSource() throws -> Int64? { file }
        func digest(of probe: SourceProbe, isCancelled: @escaping @Sendable () -> Bool) throws -> String? { nil }
    }

    private func run(
        _ expectations: [SourceExpectation], ages: [Int64?] = [0], countries: [String?] = [], unexpected: Bool = false,
        signals: Signals? = nil,
        oneRow: Model.OneRow? = nil, safeguards: Safeguards = Safeguards(maxRemoved: .percent(100))
    ) async throws -> (report: RunReport, members: Int) {
        let scenario = try Scenario(contacts: addresses(0..<50))
        let now = scenario.clock.now
        let rows: [[Cell]] = (0..<max(ages.count, countries.count)).map { row in
            let age = row < ages.count ? ages[row] : 0
            let country = row < countries.count ? countries[row] : "FR"
            let moment = age.map { now - $0 }
            return [
                .integer(Int64(row)), .text("user\(row)@example.com"), country.map { .text($0) } ?? .null,
                moment.map { .integer($0) } ?? .null,
                moment.map { .text(CalendarDate(ofSecond: $0).text) } ?? .null,
            ]
        }
        let report = await scenario.run(
            [],
            .init(
                options: RunOptions(allowance: .init(unexpected: unexpected)), oneRow: oneRow, expectations: expectations, signals: signals,
                safeguards: safeguards, source: InMemorySource(Self.columns, rows: rows)))
        return (report, scenario.members().count)
    }

    private static let french = SourceExpectation(.accepted("country", .list([.scalar(Literal("FR", .text))])))

    @Test("stops a run before anything is sent, with the number of rows and the first one, and nobody's data")
    func stops() async throws {
        let cases: [(SourceExpectation, code: RunFailure.Code, rows: Int, first: Int)] = [
            (SourceExpectation(.notNull("country")), "expect.not_null", 2, 2),
            (SourceExpectation(.unique("country")), "expect.unique", 3, 3),
            (Self.french, "expect.accepted", 1, 6),
        ]
        for (expectation, code, rows, first) in cases {
            let (report, members) = try await run([expectation], countries: ["FR", nil, "FR", nil, "FR", "Grace", "FR"])
            #expect(report.outcome == .stopped && report.error?.code == code && members == 0)
            let finding = try #require(report.expectations?.first)
            #expect((finding.met, finding.rows, finding.firstRow) == (false, rows, first), "\(code)")
            #expect(report.error?.message.contains("Grace") == false && report.error?.message.contains("row \(first)") == true)
        }
    }

    @Test("warns instead where it says so, and is silent where it is met")
    func warns() async throws {
        let expectations = [
            SourceExpectation(.notNull("email")), SourceExpectation(.notNull("country"), .warn), SourceExpectation(.minRows(3), .warn),
            SourceExpectation(.minRows(2)),
        ]
        let (report, members) = try await run(expectations, countries: ["FR", nil])
        #expect(report.outcome == .done && members == 2 && report.warnings.map(\.code) == ["expect.not_null", "expect.min_rows"])
        #expect(report.expectations?.map(\.met) == [true, false, false, true])
    }

    @Test("makes stale, empty, and failed three ends")
    func ends() async throws {
        let fresh = SourceExpectation(.freshWithin(seconds: 3_600, field: "seen"))
        #expect(try await run([fresh], ages: [7_200, 3_600]).report.outcome == .done)
        let stale = try await run([fresh, SourceExpectation(.notNull("country"))], ages: [7_200, 3_601], countries: [nil, "FR"])
        #expect(stale.report.outcome == .stale && stale.report.error?.code == "expect.fresh_within" && stale.members == 0)
        // Whoever corrects the source hears of all at once.
        #expect(stale.report.error?.message.contains("'country'") == true)
        let empty = try await run([fresh], ages: [])
        #expect(empty.report.outcome == .empty && empty.report.error?.code == "safeguards.empty_source")
        let allowed = try await run([SourceExpectation(.minRows(1))], ages: [], safeguards: Safeguards(allowEmptySource: true))
        #expect(allowed.report.outcome == .empty && allowed.report.error?.code == "expect.min_rows")
        #expect(try await run([SourceExpectation(.minRows(5))], ages: [0]).report.outcome == .stopped)
        let scenario = try Scenario(contacts: addresses(0..<9))
        let broken = await scenario.run(users(0..<9), .init(expectations: [SourceExpectation(.minRows(1))], breaksBefore: 5))
        #expect(broken.outcome == .failed)
    }

    @Test("does not take the future, nor nothing, for fresh")
    func future() async throws {
        let fresh = SourceExpectation(.freshWithin(seconds: 3_600, field: "seen"))
        let ahead = try await run([fresh], ages: [-86_400, 7_200]).report
        #expect(ahead.outcome == .stale && ahead.error?.message.contains("row 1") == true)
        #expect(try await run([fresh], ages: [-200]).report.outcome == .done, "clocks differ a little")
        #expect(try await run([fresh], ages: [nil, nil]).report.outcome == .stale)
    }

    @Test("counts a day from its first moment")
    func days() async throws {
        func outcome(_ hours: Int, ages: [Int64]) async throws -> RunOutcome {
            try await run([SourceExpectation(.freshWithin(seconds: hours * 3_600, field: "day"))], ages: ages).report.outcome
        }
        #expect(try await outcome(24, ages: [0]) == .done)
        #expect(try await outcome(48, ages: [86_400]) == .done)
        #expect(try await outcome(24, ages: [86_400]) == .stale)
        #expect(try await outcome(24, ages: [-86_400 * 3]) == .stale)
    }

    @Test("sees the rows that another one supersedes")
    func superseded() async throws {
        let oneRow = Model.OneRow(key: .field("country"), keep: .first)
        let (report, members) = try await run(
            [
                SourceExpectation(.minRows(3)), SourceExpectation(.notNull("seen")),
                SourceExpectation(.freshWithin(seconds: 60, field: "seen")),
            ],
            ages: [9_000, nil, 0], oneRow: oneRow)
        #expect(report.expectations?.map(\.met) == [true, false, true] && members == 0)
        #expect(report.expectations?[1].firstRow == 2)
    }

    @Test("lets a run pass that somebody answers for, and keeps who it was")
    func allowed() async throws {
        let signals = Signals()
        let expectations = [SourceExpectation(.afterMarker(.file("done"), within: nil)), Self.french]
        let (report, members) = try await run(expectations, countries: ["BE"], unexpected: true, signals: signals)
        #expect(report.outcome == .done && members == 1 && report.overrides?.map(\.code) == ["expect.after_marker"])
        #expect(report.overrides?.first?.message.contains("not accepted") == true)
    }

    @Test(
        "is a marker, which is asked for before a row is read",
        arguments: [
            (SourceExpectation.Marker.file("done"), SignalValue.nothing, nil, nil, nil, false),
            (.file("done"), .nothing, 100, nil, nil, true),
            (.file("done"), .nothing, 100, 99, nil, true), (.file("done"), .nothing, 100, 101, nil, false),
            (.file("done"), .nothing, -7_200, nil, 3_600, false), (.file("done"), .nothing, -3_600, nil, 3_600, true),
            (.query("SELECT"), .truth(true), nil, nil, nil, true), (.query("SELECT"), .truth(false), nil, nil, nil, false),
            (.query("SELECT"), .nothing, nil, nil, nil, false), (.query("SELECT"), .other("7"), nil, nil, nil, false),
            (.query("SELECT"), .truth(true), nil, nil, 60, false),
        ] as [(SourceExpectation.Marker, SignalValue, Int64?, Int64?, Int?, Bool)])
    func markers(
        _ marker: SourceExpectation.Marker, _ value: SignalValue, _ modified: Int64?, _ file: Int64?, _ within: Int?, _ isMet: Bool
    ) async throws {
        let now = try Scenario(contacts: []).clock.now
        let signals = Signals(value: value, marker: modified.map { now + $0 }, file: file.map { now + $0 })
        // The broken row comes only to whoever reads rows.
        let scenario = try Scenario(contacts: addresses(0..<9))
        let report = await scenario.run(
            users(0..<9),
            .init(
                expectations: [SourceExpectation(.afterMarker(marker, within: within))], signals: signals, breaksBefore: isMet ? nil : 0))
        #expect(report.outcome == (isMet ? .done : .stale), "\(report.error?.message ?? "")")
        if !isMet { #expect(report.error?.code == "expect.after_marker" && report.calls == 0) }
    }

    @Test("is a time that a query returns, and how old it may be")
    func times() async throws {
        let now = try Scenario(contacts: []).clock.now
        for (age, within, isMet) in [(100, 60, false), (100, 600, true), (100, nil, true), (-4_000, nil, false)] as [(Int64, Int?, Bool)] {
            let signals = Signals(value: .time(now - age, "then"))
            let expectation = SourceExpectation(.afterMarker(.query("SELECT"), within: within))
            #expect(try await run([expectation], signals: signals).report.outcome == (isMet ? .done : .stale))
        }
        let warned = try await run([SourceExpectation(.afterMarker(.file("done"), within: nil), .warn)], signals: Signals()).report
        #expect(warned.outcome == .done && warned.warnings.map(\.code) == ["expect.after_marker"])
    }

    @Test("fits the columns, or is refused before a row is read")
    func issues() {
        func codes(_ kind: SourceExpectation.Kind) -> [String] { SourceExpectation(kind).issues(Self.columns, zone: .utc).map(\.code) }
        #expect(codes(.notNull("email")).isEmpty && codes(.minRows(1)).isEmpty)
        #expect(codes(.notNull("emial")) == ["manifest.unknown_column"] && codes(.unique("x")) == ["manifest.unknown_column"])
        #expect(codes(.freshWithin(seconds: 1, field: "country")) == ["manifest.operation_type"])
        #expect(codes(.freshWithin(seconds: 1, field: "day")).isEmpty)
        #expect(codes(.accepted("id", .list([.scalar(Literal("many", .text))]))) == ["manifest.value_type"])
        let unknown = SourceExpectation(.accepted("a", .list([.scalar(Literal("7", .number))])))
        #expect(unknown.issues([Column("a", .text, origin: .unknown)], zone: .utc).map(\.code) == ["manifest.untyped_column"])
    }
}

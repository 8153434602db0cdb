import HooklineCore
import Support
import Testing

@Suite("Segment rules")
struct RuleEvaluatorTests {
    static let columns = [
        Column("country", .text), Column("age", .integer), Column("value", .number), Column("vip", .boolean), Column("price", .decimal),
        Column("seen", .timestamp), Column("born", .date), Column("extra", .json),
    ]
    static let now: Int64 = 1_772_344_800  // 2026-03-01T06:00:00Z

    /// Three rows: all values, all NULL, other values.
    private let batch = RecordBatch(
        Self.columns,
        rows: [
            ["FR", 30, 10.5, true, "12.50", .integer(Self.now - 86_400), "2026-02-28", "{}"], [nil, nil, nil, nil, nil, nil, nil, nil],
            ["Norway", 40, -1.0, false, "9.999", .integer(Self.now - 40 * 86_400), "1990-01-15", "[1]"],
        ])

    private func picked(_ condition: Condition) throws -> [Int] {
        var selection: [UInt8] = []
        try RuleEvaluator(condition, columns: Self.columns, now: Self.now, zone: .utc).evaluate(batch, into: &selection)
        return selection.indices.filter { selection[$0] == 1 }
    }

    private func test(_ field: String, _ operation: Condition.Operation, _ value: Condition.Value? = nil) -> Condition {
        .test(Condition.Test(field: field, operation: operation, value: value))
    }

    @Test("without conditions pick every row")
    func none() throws {
        #expect(try picked(.all([])) == [0, 1, 2])
        #expect(try picked(.any([])) == [])
    }

    @Test("compare every type, and never pick a NULL")
    func comparisons() throws {
        #expect(try picked(test("country", .equal, .scalar("FR"))) == [0])
        #expect(try picked(test("country", .notEqual, .scalar("FR"))) == [2])
        #expect(try picked(test("age", .greaterOrEqual, .scalar("40"))) == [2])
        #expect(try picked(test("value", .less, .scalar("0"))) == [2])
        #expect(try picked(test("vip", .equal, .scalar("true"))) == [0])
        #expect(try picked(test("price", .greater, .scalar("10"))) == [0])
        #expect(try picked(test("price", .equal, .scalar("12.5"))) == [0])
        #expect(try picked(test("seen", .after, .scalar("2026-02-01"))) == [0])
        #expect(try picked(test("born", .before, .scalar("2000-01-01"))) == [2])
        #expect(try picked(test("age", .between, .list([.scalar("30"), .scalar("39")]))) == [0])
    }

    @Test("search in text")
    func texts() throws {
        #expect(try picked(test("country", .contains, .scalar("or"))) == [2])
        #expect(try picked(test("country", .startsWith, .scalar("F"))) == [0])
        #expect(try picked(test("country", .endsWith, .scalar("way"))) == [2])
        #expect(try picked(test("country", .matches, .scalar("^[A-Z]{2}$"))) == [0])
    }

    @Test("match NULL only by is_null and is_not_null")
    func nulls() throws {
        for column in Self.columns {
            #expect(try picked(test(column.name, .isNull)) == [1])
            #expect(try picked(test(column.name, .isNotNull)) == [0, 2])
        }
        #expect(throws: IssuesFound.self) { try picked(test("country", .equal, .null)) }
    }

    @Test("negate like SQL: not unknown is unknown")
    func negation() throws {
        #expect(try picked(.not(test("country", .equal, .scalar("FR")))) == [2])
        #expect(try picked(.not(.any([test("country", .equal, .scalar("FR")), test("age", .isNull)]))) == [2])
    }

    @Test("take lists, in which a NULL makes every miss unknown")
    func lists() throws {
        #expect(try picked(test("country", .isIn, .list([.scalar("FR"), .scalar("BE")]))) == [0])
        #expect(try picked(test("country", .notIn, .list([.scalar("FR"), .scalar("BE")]))) == [2])
        #expect(try picked(test("country", .isIn, .list([.scalar("FR"), .null]))) == [0])
        #expect(try picked(test("country", .notIn, .list([.scalar("FR"), .null]))) == [])
        #expect(try picked(test("country", .isIn, .list([]))) == [])
    }

    @Test("count days back from now, or from today for dates; the future is not within")
    func days() throws {
        #expect(try picked(test("seen", .withinDays, .scalar("1"))) == [0])
        #expect(try picked(test("seen", .withinDays, .scalar("0"))) == [])
        #expect(try picked(test("seen", .withinDays, .scalar("40"))) == [0, 2])
        #expect(try picked(test("born", .withinDays, .scalar("1"))) == [0])
        #expect(try picked(test("born", .withinDays, .scalar("0"))) == [])
    }

    @Test("report every field, value and operation that does not fit, all at once")
    func misfits() {
        let position = SourcePosition(file: "activation.yaml", line: 3, column: 5)
        let wrong = Condition.all([
            .test(.init(field: "cuntry", operation: .equal, value: .scalar("FR"), fieldPosition: position)),
            .test(.init(field: "age", operation: .equal, value: .scalar("old"), valuePosition: position)),
            .test(.init(field: "age", operation: .contains, value: .scalar("1"), fieldPosition: position)),
            .test(.init(field: "extra", operation: .equal, value: .scalar("{}"))),
            .test(.init(field: "vip", operation: .less, value: .scalar("true"))),
            .test(.init(field: "country", operation: .before, value: .scalar("2026-01-01"))),
            .test(.init(field: "country", operation: .matches, value: .scalar("(["))),
            .test(.init(field: "seen", operation: .withinDays, value: .scalar("-3"))),
            .test(.init(field: "age", operation: .between, value: .list([.scalar("1")]))),
        ])
        do {
            _ = try RuleEvaluator(wrong, columns: Self.columns, now: 0, zone: .utc)
            Testing.Issue.record("nothing was refused")
        } catch {
            #expect(error.issues.count == 9)
            #expect(error.issues[0].line.hasPrefix("activation.yaml:3:5: the model has no column 'cuntry'; did you mean 'country'?"))
            #expect(
                Set(error.issues.map(\.code)) == [
                    "manifest.unknown_column", "manifest.value_type", "manifest.operation_type", "manifest.bad_pattern",
                ])
        }
    }
}

import HooklineCore
import Support
import Testing

@Suite("Rules over texts and lists")
struct RuleTextTests {
    private func picked(_ test: Condition.Test, _ column: Column, _ values: [Cell]) throws -> [Int] {
        var selection: [UInt8] = []
        let batch = RecordBatch([column], rows: values.map { [$0] })
        try RuleEvaluator(.test(test), columns: [column], now: 0, zone: .utc).evaluate(batch, into: &selection)
        return selection.indices.filter { selection[$0] == 1 }
    }

    @Test(
        "ignore case in every script, if they say so",
        arguments: [
            (Condition.Operation.equal, "ÉCOLE", [0, 1]), (.notEqual, "école", [2, 3]), (.contains, "COL", [0, 1]),
            (.startsWith, "éc", [0, 1]), (.endsWith, "OLE", [0, 1]),
            (.matches, "^éCo", [0, 1]), (.equal, "ΟΔΟΣ", [2]), (.endsWith, "Σ", [2]), (.equal, "STRASSE", [3]),
        ])
    func ignoreCase(_ operation: Condition.Operation, _ text: String, _ rows: [Int]) throws {
        let test = Condition.Test(field: "t", operation: operation, value: .scalar(Literal(text, .text)), ignoresCase: true)
        #expect(try picked(test, Column("t", .text), ["École", "école", "οδος", "Straße", .null, .unreadable]) == rows)
    }

    @Test("find many texts as well as one", arguments: 1...40)
    func search(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pool = (0..<400).map { String($0, radix: 3) }
        let wanted = (0..<Int.random(in: 1...120, using: &random)).map { _ in pool.randomElement(using: &random)! }
        let values = (0..<200).map { _ in pool.randomElement(using: &random)! }
        let test = Condition.Test(field: "t", operation: .isIn, value: .list(wanted.map { .scalar(Literal($0, .text)) }))
        let rows = try picked(test, Column("t", .text), values.map { .text($0) })
        #expect(rows == values.indices.filter { wanted.contains(values[$0]) }, "seed \(seed)")
    }

    @Test("match whole items of lists, and none in an empty list")
    func lists() throws {
        let column = Column("l", .list)
        let values: [Cell] = [
            .text(ListText.text(["vip", "new"])), .text(ListText.text(["vip,new"])), "[]", .null, .unreadable,
            .text(ListText.text(["VIP"])),
        ]
        func test(_ operation: Condition.Operation, _ items: Literal...) -> Condition.Test {
            Condition.Test(
                field: "l", operation: operation, value: operation == .has ? .scalar(items[0]) : .list(items.map { .scalar($0) }))
        }
        #expect(try picked(test(.has, "vip"), column, values) == [0])
        #expect(try picked(test(.has, "vip,new"), column, values) == [1])
        #expect(try picked(test(.hasAny, "new", "VIP"), column, values) == [0, 5])
        #expect(try picked(test(.hasAll, "new", "vip"), column, values) == [0])
        var selection: [UInt8] = []
        try RuleEvaluator(.not(.test(test(.has, "vip"))), columns: [column], now: 0, zone: .utc)
            .evaluate(RecordBatch([column], rows: values.map { [$0] }), into: &selection)
        #expect(selection == [0, 1, 1, 0, 0, 1])
    }
}

@Suite("Texts that rules look for")
struct UnseenTextTests {
    private func unseen(_ condition: Condition, _ batches: [[Cell]]) throws -> [String] {
        let columns = [Column("t", .text), Column("n", .integer)]
        let evaluator = try RuleEvaluator(condition, columns: columns, now: 0, zone: .utc)
        var selection: [UInt8] = []
        for batch in batches { evaluator.evaluate(RecordBatch(columns, rows: batch.map { [$0, 1] }), into: &selection) }
        return evaluator.unseen.map { "\($0.field) \($0.text)" }
    }

    private func test(_ operation: Condition.Operation, _ texts: String..., ignoresCase: Bool = false) -> Condition {
        let values = texts.map { Condition.Value.scalar(Literal($0, .text)) }
        return .test(
            Condition.Test(
                field: "t", operation: operation, value: operation.operand == .list ? .list(values) : values[0], ignoresCase: ignoresCase))
    }

    @Test("are reported if no row of any batch has them, also after !=")
    func told() throws {
        #expect(try unseen(test(.notEqual, "unsubscibed"), [["unsubscribed"], ["subscribed", .null]]) == ["t unsubscibed"])
        #expect(try unseen(test(.equal, "a"), [["b"], ["a"]]) == [])
        #expect(try unseen(test(.notIn, "a", "b", "c"), [["b"], [.unreadable, .null]]) == ["t a", "t c"])
        #expect(try unseen(test(.isIn, "a", "A", ignoresCase: true), [["A"]]) == [])
        #expect(try unseen(.all([test(.equal, "x"), .not(test(.isIn, "y", "z"))]), [["z"]]) == ["t x", "t y"])
    }

    @Test("are not reported for other operators and types")
    func others() throws {
        #expect(try unseen(test(.contains, "q"), [["a"]]) == [])
        let number = Condition.test(.init(field: "n", operation: .equal, value: .scalar(Literal(plain: "7"))))
        #expect(try unseen(number, [["a"]]) == [])
    }
}

@Suite("A value that could not be read")
struct UnreadableValueTests {
    @Test("makes every test unknown, even of NULL, whatever its type", arguments: ColumnType.allCases)
    func unknown(_ type: ColumnType) throws {
        let column = Column("c", type)
        for condition: Condition in [
            .test(.init(field: "c", operation: .isNull)), .test(.init(field: "c", operation: .isNotNull)),
            .not(.test(.init(field: "c", operation: .isNull))),
            .not(.test(.init(field: "c", operation: .isNotNull))),
            .any([.test(.init(field: "c", operation: .isNull)), .not(.test(.init(field: "c", operation: .isNull)))]),
        ] {
            var selection: [UInt8] = []
            try RuleEvaluator(condition, columns: [column], now: 0, zone: .utc)
                .evaluate(RecordBatch([column], rows: [[.unreadable]]), into: &selection)
            #expect(selection == [0])
        }
    }

    @Test("is marked in a trace, while NULL is not")
    func trace() throws {
        let column = Column("c", .timestamp)
        let condition = Condition.test(.init(field: "c", operation: .isNull))
        let evaluator = try RuleEvaluator(condition, columns: [column], now: 0, zone: .utc)
        let batch = RecordBatch([column], rows: [[.unreadable], [.null]])
        let lines = [0, 1].flatMap { evaluator.trace(condition, batch, row: $0).lines }
        #expect(lines.map(\.unreadable) == [true, nil])
        #expect(lines.map(\.holds) == [nil, true])
        #expect(lines.map(\.value) == [nil, nil])
    }
}

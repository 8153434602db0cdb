import HooklineCore
import Support
import Testing

@Suite("Rules compare values of known, equal kinds")
struct RuleKindsTests {
    private static let position = SourcePosition(file: "activation.yaml", line: 7, column: 3)

    private func codes(
        _ operation: Condition.Operation, _ values: [Literal], _ column: Column, ignoresCase: Bool = false
    ) -> [String] { issues(operation, values, column, ignoresCase: ignoresCase).map(\.code) }

    private func issues(
        _ operation: Condition.Operation, _ values: [Literal], _ column: Column, ignoresCase: Bool = false
    ) -> [HooklineCore.Issue] {
        let value: Condition.Value? =
            switch operation.operand {
            case .none: nil
            case .scalar: .scalar(values[0])
            case .list, .pair: .list(values.map { .scalar($0) })
            }
        let test = Condition.Test(
            field: column.name, operation: operation, value: value, ignoresCase: ignoresCase, valuePosition: Self.position)
        do {
            _ = try RuleEvaluator(.test(test), columns: [column], now: 0, zone: .utc)
            return []
        } catch {
            return error.issues
        }
    }

    private static let plain: [Literal] = [
        "100", "-0.5", "1e3", "007", "true", "FALSE", "2026-01-01", "2026-01-01T06:00:00Z", "2026-01-01 06:00",
    ].map {
        Literal(plain: $0)
    }

    @Test("so a column of unknown type is compared only with text, whatever the operator", arguments: plain)
    func unknown(_ literal: Literal) {
        let column = Column("ltv", .text, origin: .unknown)
        for operation in Condition.Operation.allCases where operation.operand != .none {
            let values = operation.operand == .pair ? [literal, literal] : [literal]
            let issues = issues(operation, values, column)
            #expect(issues.first?.code == "manifest.untyped_column", "\(operation)")
            #expect(issues.first?.position == Self.position)
        }
    }

    @Test(
        "and what a message advises compiles",
        arguments: [["100"], ["9007199254740993"], ["true"], ["2026-01-01"], ["x"], ["5", "true"], ["2026-01-01", "7"], ["a", "7"]],
        [TypeOrigin.unknown, .source, .observed, .declared])
    func advice(_ texts: [String], _ origin: TypeOrigin) throws {
        for isQuoted in [false, true] {
            // A quoted text beside a plain value, too.
            let values = texts.enumerated().map { isQuoted && $0 == 0 ? Literal($1, .text) : Literal(plain: $1) }
            for operation in Condition.Operation.allCases where operation.operand != .none {
                let given = operation.operand == .pair && values.count == 1 ? values + values : values
                let found = issues(operation, given, Column("c", .text, origin: origin))
                for match in (found.first?.message ?? "").matches(of: #/columns: \{ c: (?:\{ type: )?([a-z]+)/#) {
                    let type = try #require(ColumnType(rawValue: String(match.1)))
                    let rest = codes(operation, given, Column("c", type))
                    // What the operation takes of no column is reported at once.
                    #expect(rest.isEmpty || rest == found.dropFirst().map(\.code), "\(operation) \(texts): \(found)")
                }
            }
        }
    }

    @Test("which is none if the values are of several kinds")
    func severalKinds() {
        let column = Column("c", .text, origin: .unknown)
        let found = issues(.between, ["a", Literal(plain: "7")], column)
        #expect(found.map(\.code) == ["manifest.untyped_column"] && found.first?.message.contains("columns:") == false)
        let mixed = issues(.isIn, ["5", Literal(plain: "true")], column).first?.message ?? ""
        #expect(mixed.contains("{ c: text }") && !mixed.contains("boolean }"))
    }

    @Test("and comparing order or time needs a known type, even with a quoted value")
    func unknownOrder() {
        let column = Column("ltv", .text, origin: .unknown)
        for operation in Condition.Operation.allCases where operation.operand != .none {
            let values: [Literal] = operation.operand == .pair ? ["a", "b"] : ["a"]
            let isTextual = operation.canIgnoreCase
            #expect(codes(operation, values, column).first == (isTextual ? nil : "manifest.untyped_column"), "\(operation)")
        }
        #expect(codes(.isNull, [], column) == [] && codes(.isNotNull, [], column) == [])
        #expect(codes(.isIn, ["FR", Literal(plain: "7")], column) == ["manifest.untyped_column"])
    }

    @Test(
        "and the message prints the line to add",
        arguments: [
            ("ltv", Condition.Operation.greaterOrEqual, "100", "columns: { ltv: number }"),
            ("ltv", .equal, "7", "columns: { ltv: number } to the model, or columns: { ltv: text }"),
            ("unsubscribed", .notEqual, "true", "columns: { unsubscribed: boolean }"),
            ("Created at", .after, "2026-01-01", "columns: { Created at: timestamp }"),
            ("born", .anniversaryWithinDays, "7", "columns: { born: date }"),
            ("tags", .has, "x", "columns: { tags: { type: list, separator: \";\" } }"),
            ("9: \"x\"", .equal, "7", #"columns: { "9: \"x\"": number }"#), ("a", .less, "x", "columns: { a: text }"),
            ("a", .contains, "5", "columns: { a: text }"), ("a", .equal, "9007199254740993", "columns: { a: integer }"),
        ])
    func line(_ name: String, _ operation: Condition.Operation, _ value: String, _ line: String) {
        let message = issues(operation, [Literal(plain: value)], Column(name, .text, origin: .unknown)).first?.message ?? ""
        #expect(message.contains(line), "\(message)")
    }

    @Test("so text, as a source declares it or has it, is not a number, a boolean, or a date", arguments: [TypeOrigin.source, .observed])
    func known(_ origin: TypeOrigin) {
        let column = Column("zip", .text, origin: origin)
        for literal in Self.plain {
            for operation: Condition.Operation in [.equal, .notEqual, .isIn, .notIn, .less, .greaterOrEqual] {
                #expect(codes(operation, [literal], column) == ["manifest.value_type"], "\(operation) \(literal)")
            }
            let quoted = Literal(literal.text, .text)
            #expect(codes(.equal, [quoted], column) == [] && codes(.notIn, [quoted], column) == [])
            // Nobody means to compare a quoted number byte by byte.
            #expect(codes(.greater, [quoted], column) == ["manifest.value_type"], "\(literal)")
        }
        #expect(codes(.greater, ["M"], column) == [] && codes(.between, ["A", "M"], column) == [])
        #expect(codes(.contains, [Literal(plain: "7")], column) == [])
    }

    @Test("so declared text is compared with any value as text, but in order only with text")
    func declared() {
        let column = Column("zip", .text, origin: .declared)
        for literal in Self.plain {
            #expect(codes(.equal, [literal], column) == [] && codes(.notIn, [literal], column) == [])
            #expect(codes(.greater, [literal], column) == ["manifest.value_type"])
            #expect(codes(.greater, [Literal(literal.text, .text)], column) == [])
        }
    }

    @Test(
        "and the column's type decides how a value is read, quoted or not",
        arguments: [
            (ColumnType.integer, "42"), (.number, "4.5"), (.decimal, "12345678901234567890.5"), (.boolean, "true"), (.boolean, "False"),
            (.date, "2026-01-31"),
            (.timestamp, "2026-01-31"), (.timestamp, "2026-01-31 06:00"), (.timestamp, "2026-01-31T06:00:00 +0200"),
        ])
    func typed(_ type: ColumnType, _ text: String) {
        for origin: TypeOrigin in [.declared, .source, .observed] {
            #expect(codes(.equal, [Literal(plain: text)], Column("c", type, origin: origin)) == [])
            #expect(codes(.equal, [Literal(text, .text)], Column("c", type, origin: origin)) == [])
        }
    }

    @Test(
        "and refuse values of other types",
        arguments: [
            (ColumnType.integer, "4.5"), (.integer, "9223372036854775808"), (.integer, "true"), (.number, "9007199254740993"),
            (.number, "0x10"), (.number, "inf"),
            (.number, "1,5"), (.boolean, "1"), (.boolean, "yes"), (.date, "2026-01-31 06:00"), (.date, "31/01/2026"), (.date, "20260131"),
            (.timestamp, "1772344800"),
            (.timestamp, "20260131"), (.timestamp, "2026-02-30"), (.decimal, "1e3"), (.timestamp, "true"),
        ])
    func misfits(_ type: ColumnType, _ text: String) {
        #expect(codes(.equal, [Literal(plain: text)], Column("c", type)) == ["manifest.value_type"])
        #expect(codes(.isIn, [Literal(text, .text)], Column("c", type)) == ["manifest.value_type"])
    }

    @Test(
        "and refuse empty text",
        arguments: [Condition.Operation.equal, .notEqual, .isIn, .notIn, .contains, .startsWith, .endsWith, .matches])
    func empty(_ operation: Condition.Operation) {
        for origin: TypeOrigin in [.declared, .source, .observed, .unknown] {
            #expect(codes(operation, [""], Column("c", .text, origin: origin)) == ["manifest.wrong_operand"])
        }
        #expect(codes(.hasAny, ["a", ""], Column("c", .list)) == ["manifest.wrong_operand"])
    }

    @Test(
        "and want the smaller value of between first",
        arguments: [
            (ColumnType.integer, "10", "9"), (.number, "1.5", "-2"), (.decimal, "10", "9.5"), (.date, "2026-02-01", "2026-01-31"),
            (.timestamp, "2026-02-01", "2026-01-31"),
            (.timestamp, "2026-01-31T10:00:00Z", "2026-01-31T09:00:00Z"), (.text, "b", "a"),
            (.timestamp, "2026-02-01", "2026-01-31T23:00:00Z"),
        ])
    func turned(_ type: ColumnType, _ low: String, _ high: String) {
        #expect(codes(.between, [Literal(low, .text), Literal(high, .text)], Column("c", type)) == ["manifest.wrong_operand"])
        #expect(codes(.between, [Literal(high, .text), Literal(low, .text)], Column("c", type)) == [])
        #expect(codes(.between, [Literal(low, .text), Literal(low, .text)], Column("c", type)) == [])
    }

    @Test("and refuse operators that do not fit the column's type")
    func operators() {
        #expect(codes(.equal, ["a"], Column("c", .list)) == ["manifest.operation_type"])
        #expect(codes(.contains, ["a"], Column("c", .list)) == ["manifest.operation_type"])
        #expect(codes(.less, ["a"], Column("c", .list)) == ["manifest.operation_type"])
        #expect(codes(.has, ["a"], Column("c", .text)) == ["manifest.operation_type"])
        #expect(codes(.hasAll, ["a"], Column("c", .json)) == ["manifest.operation_type"])
        #expect(codes(.withinDays, [Literal(plain: "7")], Column("c", .integer)) == ["manifest.operation_type"])
        #expect(codes(.anniversaryWithinDays, [Literal(plain: "366")], Column("c", .date)) == ["manifest.value_type"])
        #expect(codes(.olderThanDays, [Literal(plain: "-1")], Column("c", .date)) == ["manifest.value_type"])
        #expect(codes(.equal, [Literal(plain: "1")], Column("c", .integer), ignoresCase: true) == ["manifest.operation_type"])
    }

    @Test(
        "and read times in the column's own format, too",
        arguments: [
            (TimeFormat.unix, "1772344800", "2026-03-01T06:00:00Z"), (.pattern("%d/%m/%Y"), "01/03/2026", "2026-03-01T12:00:00Z"),
            (.epochDays, "20513", "2026-03-01T23:59:59Z"), (.unixMilliseconds, "1772344800000", "2026-03-01T06:00:00Z"),
        ])
    func ownForms(_ form: TimeFormat, _ text: String, _ moment: String) throws {
        var format = ColumnFormat()
        format.times = [form]
        let column = Column("at", .timestamp, format: format)
        let batch = RecordBatch([column], rows: [[.integer(try #require(Timestamp.parse(moment)))]])
        var selection: [UInt8] = []
        let test = Condition.Test(field: "at", operation: .equal, value: .scalar(Literal(plain: text)))
        try RuleEvaluator(.test(test), columns: [column], now: 0, zone: .utc).evaluate(batch, into: &selection)
        #expect(selection == [1])
    }
}

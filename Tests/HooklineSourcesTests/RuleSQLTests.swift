import GRDB
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Rules written in SQL")
struct RuleSQLTests {
    private let columns = [SQLColumn("a", "a", .none, .integer), SQLColumn("t", "t", .none, .text)]
    private let known = RowFilter.Node.test(.init(column: 0, operation: .compare(.greater, .integer(1)), text: "a > 1"))
    private let other = RowFilter.Node.test(.init(column: 1, operation: .other, text: "t matches x"))

    private func written(_ node: RowFilter.Node) -> (sql: String, rules: [String])? {
        var rules = RuleSQL(columns: columns, dialect: PostgresDialect(binds: false))
        return rules.condition(node)
    }

    private let greater = "(a > CAST('1' AS bigint))"

    @Test("leave out what SQL cannot test, so that they hold wherever the rules do")
    func supersets() throws {
        #expect(written(other) == nil)
        #expect(written(.any([known, other])) == nil)
        #expect(written(.not(.all([known, other]))) == nil)
        #expect(written(.all([])) == nil)
        let part = try #require(written(.all([other, .all([known, other])])))
        #expect(part.sql == "((\(greater)))" && part.rules == ["a > 1"])
        let negated = try #require(written(.not(.any([known, other]))))
        #expect(negated.sql == "(NOT \(greater))" && negated.rules == ["not (any of (a > 1))"])
        #expect(written(.any([]))?.sql == "(1 = 0)")
    }

    @Test("know that NULL in a list leaves a miss open, and that an empty list has nothing")
    func lists() throws {
        func list(_ values: [Int64], hasNull: Bool, negated: Bool) -> String? {
            written(
                .test(.init(column: 0, operation: .oneOf(values.map { .integer($0) }, hasNull: hasNull, negated: negated), text: "")))?.sql
        }
        #expect(list([1], hasNull: true, negated: true) == "(1 = 0)")
        #expect(list([], hasNull: false, negated: false) == "(1 = 0)")
        #expect(list([], hasNull: false, negated: true) == "(a IS NOT NULL)")
        #expect(list([1], hasNull: true, negated: false) == "(a IN (CAST('1' AS bigint)))")
        #expect(list(Array(0...1_000), hasNull: false, negated: false) == nil)
    }

    @Test(
        "hold no text of somebody else's but in hexadecimal digits, or bound",
        arguments: ["'; DROP TABLE t; --", "\\'", "E'\\x'", "é\n$1?{}"])
    func texts(text: String) throws {
        let bytes = Array(text.utf8)
        let hexadecimal = bytes.map(\.hexadecimal).joined()
        var postgres = PostgresDialect(binds: false)
        #expect(postgres.literal(.text(bytes)) == "convert_from(decode('\(hexadecimal)', 'hex'), 'UTF8')")
        #expect(DuckDBDialect().literal(.text(bytes)) == "decode(from_hex('\(hexadecimal)'))")
        var binding = PostgresDialect(binds: true)
        #expect(binding.literal(.text(bytes)) == "CAST($1 AS text)" && binding.values == [text])
        var sqlite = SQLiteDialect()
        #expect(sqlite.literal(.text(bytes)) == "?1" && sqlite.values == [text.databaseValue])
    }

    @Test("take no text with a NUL, and no day of the year 0, which some databases do not have")
    func impossible() {
        #expect(written(.test(.init(column: 1, operation: .compare(.equal, .text([97, 0])), text: ""))) == nil)
        var days = RuleSQL(columns: [SQLColumn("d", "d", .none, .day)], dialect: PostgresDialect(binds: false))
        #expect(days.condition(.test(.init(column: 0, operation: .compare(.less, .day(Array("0000-01-01".utf8))), text: ""))) == nil)
    }
}

import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Kinds in calculated fields")
struct ExpressionKindsTests {
    private static let untyped = "manifest.untyped_column"
    private static let unequal = "manifest.value_type"

    /// `u` has no known type; `s` is text that was observed.
    private static let columns = [
        Column("u", .text, origin: .unknown), Column("t", .text), Column("s", .text, origin: .observed), Column("n", .number),
        Column("i", .integer), Column("k", .decimal), Column("b", .boolean), Column("d", .date), Column("ts", .timestamp),
        Column("j", .json),
        Column("Odd name", .text, origin: .unknown),
    ]

    private func code(_ expression: String) -> String? { ExpressionKinds.fault(in: expression, over: Self.columns)?.code }

    @Test(
        "a column of unknown type neither calculates nor compares with numbers, booleans, times, or by order",
        arguments: [
            "u <> 0", "0 = u", "u = TRUE", "u IS FALSE", "u IS NOT 1", "u IS DISTINCT FROM 1", "u > 5", "u > '5'", "u <= t", "u == n",
            "u = u",
            "u * 2", "-u", "~u", "+u > 1", "u % 2 = 1", "u & 1", "1 << u", "(u) + 1", "((u)) = 1", "u COLLATE NOCASE = 3",
            "u BETWEEN 1 AND 9",
            "n BETWEEN u AND 9", "n BETWEEN 0 AND u", "u NOT BETWEEN 'a' AND 'b'", "u IN (1, 2)", "n IN (1, u)", "u NOT IN ('a', 3)",
            "CASE WHEN u THEN 1 END", "CASE u WHEN 1 THEN 'a' END", "CASE n WHEN u THEN 'a' END", "CASE WHEN n > 1 THEN u END > 4",
            "u AND b", "b OR u", "NOT u", "iif(u, 1, 0)", "iif(b, u, 0) > 1", "abs(u)", "round(u, 2)", "round(n, u)", "sqrt(u)",
            "max(u, 3)",
            "min(u, t)", "coalesce(u, 0) > 5", "ifnull(u, n) = 1", "nullif(u, 0)", "likely(u) = 1", "substr(t, u)", "printf('%d', u)",
            "format('%s %05.2f', t, u)", "format('%*s', u, t)", "format(t, u)", "char(u)", "u = d", "u >= ts", "u < date('now')",
            "lower(t) = 'x' AND u > 3", "/* u */ u -- 1\n > 2", "\"Odd name\" > 1", "`odd name` = 1", "[ODD NAME] + 1", "U*2",
            "u||'' = 'x' AND u=1",
        ])
    func unknown(_ expression: String) { #expect(code(expression) == Self.untyped) }

    @Test(
        "values of unequal kinds are neither compared nor calculated with",
        arguments: [
            "t > 5", "t = 5", "5 <> t", "n > '1000'", "n = t", "b <> 'no'", "b = 'true'", "b IN ('yes')", "i BETWEEN '1' AND '9'",
            "k = '0.3'",
            "t * 2", "'1,900' * 2", "t + t", "-t", "abs(t)", "round('7')", "substr(t, t)", "t AND b", "NOT t", "CASE WHEN t THEN 1 END",
            "CASE n WHEN '1' THEN 2 END", "CASE WHEN b THEN 'x' ELSE 5 END > 5", "coalesce(n, 'none') = 'none'", "nullif(n, '')",
            "max(n, 'a')",
            "d + 1", "ts - 86400", "d = 20260501", "d > '01.05.2026'", "d = '2026-05-01 00:00:00'", "ts > '2026-05-01T10:00:00'",
            "ts < 'x'",
            "d = ts", "d = t", "json_extract(j, '$.n') > 5", "j ->> 'a' = 'x'", "j ->> 'a' + 1", "lower(t) = 1", "length(t) = '5'",
            "n || '' = 5", "typeof(n) = 1", "julianday(d) > '2026'", "s > '1000'", "s >= '2026-05-01'", "'9' < s", "x'00' = t", "t = TRUE",
        ])
    func unequal(_ expression: String) { #expect(code(expression) == Self.unequal) }

    @Test(
        "values of known, equal kinds are, and text operations take everything",
        arguments: [
            "u", "u || n", "u = 'yes'", "u <> t", "u IN ('a', 'b')", "u IS NULL", "u IS NOT NULL", "u NOTNULL", "u NOT NULL", "u ISNULL",
            "u = NULL",
            "CAST(u AS INTEGER) > 5", "CAST(u AS DECIMAL(10, 2)) * 2", "CAST(u AS TEXT) > 'a'", "typeof(u) = 'text'",
            "coalesce(u, 'none') = 'none'",
            "u LIKE 'a%' ESCAPE '!'", "u NOT LIKE n", "u GLOB '*'", "lower(u) = 'x'", "substr(u, 1, 3) = 'abc'", "length(u) > 5",
            "instr(u, '@') > 0",
            "replace(u, ',', '')", "CAST(replace(u, ',', '') AS REAL) * 2 > 5", "date(u) >= '2026-05-01'", "strftime('%Y', u) = '2026'",
            "printf('%s: %5.1f%%', u, n)", "concat(u, n)", "CASE u WHEN 'a' THEN 1 ELSE 2 END > 1",
            "CASE WHEN u = 'a' THEN n ELSE 0 END * 2",
            "n > 5", "n * i / 2.5e+3 - 0x1F", "b = TRUE", "b = 1", "b + 1", "NOT b AND n > -.5", "k BETWEEN 0.3 AND n + 1",
            "i IN (1, 2, NULL)",
            "t = 'a' OR t > 'b'", "t > '5'", "s = '5'", "s > 'm'", "d > '2026-05-01'", "d >= date('now', '-30 days')",
            "ts < datetime('now')",
            "ts >= d", "ts > '2026-05-01 10:00:00'", "ts > '2026-05-01'", "coalesce(d, '1970-01-01') < date('now')",
            "julianday(d) - julianday(ts) > 5",
            "d <= CURRENT_DATE", "max(n, i, 0) > 3", "min(t, 'x')", "iif(n > 1, 'a', 'b') = 'a'", "json_extract(j, '$.n')",
            "json_extract(j, '$.n') IS NULL",
            "CAST(j ->> 'n' AS REAL) > 5", "nullif(t, '') IS NULL", "n IS NOT DISTINCT FROM i", "'it''s' = t", "1",
            "'x' COLLATE NOCASE = t",
            "CASE WHEN n BETWEEN 1 AND 5 AND b THEN 'a' END = 'a'", "NOT n = 5", "t NOT IN ()", "round(n, 2) = abs(i)",
            "n > CASE WHEN b THEN 1 ELSE 2 END",
        ])
    func equal(_ expression: String) {
        #expect(code(expression) == nil, "\(ExpressionKinds.fault(in: expression, over: Self.columns)?.message ?? "")")
    }

    @Test("what cannot be checked is refused", arguments: ["(u, 1) = (1, 2)", "(1, 2) IN (3)", String(repeating: "(", count: 5_000) + "1"])
    func unclear(_ expression: String) { #expect(code(expression) == "sources.bad_expression") }

    @Test(
        "no source reads a row of an expression whose kinds do not match, and the message has the line to add", arguments: SourceTable.kinds
    )
    func sources(_ kind: SourceConfiguration.Kind) throws {
        let mixed = SourceTable.column([.text("off"), .integer(0), .text("12,5")])
        // Servers, drivers, and DuckDB always know the type of a column.
        for expression in ["v <> 0", "v + 1", "v >= 'a'", "max(v, 2)"] where ![.postgres, .duckdb, .odbc, .adbc].contains(kind) {
            let model = Model(columns: [.init("x", .boolean)], calculated: [.init("x", expression)])
            let found = issues { _ = try mixed.read(from: kind, model) }
            #expect(found.map(\.code) == [Self.untyped])
            #expect(found.first?.message.contains("columns: { v: ") == true)
        }
        let truth = SourceTable.column([.text("off"), .text("on")])
        var model = Model(columns: [.init("v", .boolean), .init("x", .boolean)], calculated: [.init("x", "v <> 'off'")])
        #expect(issues { _ = try truth.read(from: kind, model) }.map(\.code) == [Self.unequal])
        model.calculated = [.init("x", "v <> FALSE")]
        #expect(try truth.read(from: kind, model).rows.map { $0[2] } == ["0", "1"])
        // A field that nothing uses is not calculated.
        model.calculated = [.init("x", "v"), .init("unused", "v > 'a'")]
        model.used = ["x"]
        #expect(try truth.read(from: kind, model).rows.count == 2)
    }

    @Test("types that a source observes or declares are known")
    func observed() throws {
        let model = Model(columns: [.init("x", .boolean)], calculated: [.init("x", "v > 10")])
        for kind in [SourceConfiguration.Kind.jsonl, .sqlite] {
            #expect(try SourceTable.column([.integer(9), .integer(100)]).read(from: kind, model).rows.map { $0[2] } == ["0", "1"])
            #expect(issues { _ = try SourceTable.column([.text("9")]).read(from: kind, model) }.map(\.code) == [Self.unequal])
            #expect(issues { _ = try SourceTable.column([.null]).read(from: kind, model) }.map(\.code) == [Self.untyped])
        }
        let database = try SampleDatabase("CREATE TABLE t (v VARCHAR(9), w INTEGER); INSERT INTO t VALUES ('900', 5)")
        #expect(issues { _ = try database.read(Model(table: "t", calculated: [.init("x", "v > 1000")])) }.map(\.code) == [Self.unequal])
        #expect(try database.read(Model(table: "t", calculated: [.init("x", "w > 1000")])).rows == [["900", "5", "0"]])
    }

    @Test("a decimal with more digits than SQLite keeps is unreadable in an expression", arguments: SourceTable.kinds)
    func decimals(_ kind: SourceConfiguration.Kind) throws {
        let cells = ["98765432109876543210", "0.70000000000000001", "0.7", "9007199254740993", "-1234.50"]
        func model(_ policy: Model.BadValuePolicy) -> Model {
            Model(columns: [.init("v", .decimal)], calculated: [.init("x", "v = 0.7"), .init("y", "CAST(v AS TEXT)")], onBadValue: policy)
        }
        let table = SourceTable.column(cells.map { .text($0) })
        let read = try table.read(from: kind, model(.null))
        #expect(read.rows.map { $0[2] } == [RowsRead.unknown, RowsRead.unknown, "1", "0", "0"])
        #expect(read.rows.map { $0[3] } == [RowsRead.unknown, RowsRead.unknown, "0.7", "9007199254740993", "-1234.5"])
        #expect(read.rows.map { $0[0] }.prefix(2) == ["98765432109876543210", "0.70000000000000001"])
        #expect(read.unreadable == [ColumnCount("x", 2), ColumnCount("y", 2)])
        #expect(try table.read(from: kind, model(.drop)).rowsDropped == 2)
        let error = try #require(sourceError { _ = try table.read(from: kind, model(.error)) })
        #expect(error.code == .badValue && error.message.contains("'x'") && !error.message.contains("987"))
    }
}

import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Undeclared types")
struct ObservedTypeTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let cells: [SourceTable.Cell]
        let type: ColumnType
        let origin: TypeOrigin

        init(_ name: String, _ cells: [SourceTable.Cell], _ type: ColumnType, _ origin: TypeOrigin = .observed) {
            (testDescription, self.cells, self.type, self.origin) = (name, cells, type, origin)
        }
    }

    static let examples = [
        Example("whole numbers", [.integer(1), .integer(1_000)], .number), Example("numbers", [.number(1.5), .integer(2)], .number),
        Example("numbers after NULLs", [.null, .text(" "), .integer(1)], .number), Example("text", [.text("a"), .null], .text),
        Example("whole numbers that a Double does not hold", [.integer(1), .integer(9_007_199_254_740_993)], .integer),
        Example("such whole numbers and fractions", [.integer(9_007_199_254_740_993), .number(0.5)], .decimal),
        Example("only NULLs", [.null, .text("")], .text, .unknown),
        Example("numbers and text", [.integer(7), .text("007")], .text, .unknown),
        Example("text and numbers", [.text("x"), .number(0.5)], .text, .unknown),
    ]

    @Test("are those of the first values, ignoring NULLs", arguments: examples, [SourceConfiguration.Kind.jsonl, .sqlite])
    func types(_ example: Example, _ kind: SourceConfiguration.Kind) throws {
        for cells in [example.cells, example.cells.reversed()] {
            let read = try SourceTable.column(cells).read(from: kind, Model())
            #expect(read.columns[0] == Column("v", example.type, origin: example.origin))
            #expect(read.rows.count == cells.count)
        }
    }

    @Test("do not depend on what comes first: 007 is not 7", arguments: [SourceConfiguration.Kind.jsonl, .sqlite])
    func leadingZeros(_ kind: SourceConfiguration.Kind) throws {
        let read = try SourceTable.column([.integer(7), .text("007"), .text("7")]).read(from: kind, Model())
        #expect(read.rows.map { $0[0] } == ["7", "007", "7"])
        for type in [ColumnType.integer, .number, .decimal] {
            let model = Model(columns: [.init("v", type)], onBadValue: .null)
            #expect(try SourceTable.column([.integer(7), .text("007")]).read(from: kind, model).rows.map { $0[0] }[1] == RowsRead.unknown)
        }
    }

    @Test("text never fits a column whose first values were numbers or booleans", arguments: [SourceConfiguration.Kind.jsonl, .sqlite])
    func lateText(_ kind: SourceConfiguration.Kind) throws {
        let first = [SourceTable.Cell](repeating: .number(1.5), count: 1_000)
        let table = SourceTable.column(first + [.text("2.5"), .text(""), .integer(3)])
        let error = try #require(sourceError { _ = try table.read(from: kind, Model()) })
        #expect(error.code == .badValue)
        #expect(error.location.line ?? error.location.row == 1_001)
        let read = try table.read(from: kind, Model(onBadValue: .null))
        #expect(read.rows.suffix(3).map { $0[0] } == [RowsRead.unknown, nil, "3.0"])
        #expect(try table.read(from: kind, Model(columns: [.init("v", .number)])).rows.suffix(3).map { $0[0] } == ["2.5", nil, "3.0"])
    }

    @Test("a later value of another kind never fits, whatever it could be read as", arguments: [SourceConfiguration.Kind.jsonl, .sqlite])
    func lateKinds(_ kind: SourceConfiguration.Kind) throws {
        // A database has no booleans: there they are numbers.
        let cases: [(first: SourceTable.Cell, late: [SourceTable.Cell])] = [
            (.text("agreed"), [.integer(1), .number(0.5), .boolean(true), .integer(0)]),
            (.integer(3), [.text("4"), .text("true")]), (.number(9.5), [.text("9.5")]),
            (.boolean(false), kind == .jsonl ? [.integer(1), .integer(0), .number(1), .text("true"), .text("1")] : [.text("1")]),
            (.integer(9_007_199_254_740_993), [.text("9007199254740993")]),
        ]
        for (first, late) in cases {
            for cell in late {
                let table = SourceTable.column([SourceTable.Cell](repeating: first, count: 1_000) + [cell, .null, first])
                let error = try #require(sourceError { _ = try table.read(from: kind, Model()) }, "\(first), \(cell)")
                #expect(error.code == .badValue)
                let rows = try table.read(from: kind, Model(onBadValue: .null)).rows.map { $0[0] }
                #expect(rows.suffix(3) == [RowsRead.unknown, nil, rows[0]], "\(first), \(cell)")
            }
            // Declared types read what can be read as such, and NULL words come first.
            let text = SourceTable.column([SourceTable.Cell](repeating: .text("agreed"), count: 1_000) + [.integer(-1)])
            #expect(try text.read(from: kind, Model(columns: [.init("v", .text)])).rows.last?[0] == "-1")
            #expect(try text.read(from: kind, Model()) { $0.nullValues = ["-1"] }.rows.last?[0] == nil)
        }
    }

    @Test("scalars never fit a column whose first values were lists and objects")
    func lateScalars() throws {
        for late in ["1", "true", "\"x\"", "\"[1]\""] {
            let text = String(repeating: "{\"a\":[1]}\n{\"a\":{\"b\":2}}\n", count: 500) + "{\"a\":\(late)}\n"
            #expect(sourceError { _ = try RowsRead.jsonl(text) }?.code == .badValue, "\(late)")
            #expect(try RowsRead.jsonl(text, Model(columns: [.init("a", .json)])).rows.count == 1_001)
        }
    }

    @Test("ignore the source's null_values", arguments: [SourceConfiguration.Kind.jsonl, .sqlite])
    func nullValues(_ kind: SourceConfiguration.Kind) throws {
        let table = SourceTable.column([.text("n/a"), .integer(5), .integer(-1)])
        let read = try table.read(from: kind, Model()) { $0.nullValues = ["n/a", "-1"] }
        #expect(read.columns[0] == Column("v", .number, origin: .observed))
        #expect(read.rows.map { $0[0] } == [nil, "5.0", nil])
    }

    @Test("keep 64-bit integers exact; larger ones are decimals or rejected")
    func large() throws {
        let exact = "{\"id\":9223372036854775807}\n{\"id\":-9223372036854775808}\n"
        #expect(try RowsRead.jsonl(exact).rows == [["9223372036854775807"], ["-9223372036854775808"]])
        let larger = "{\"id\":9223372036854775808}\n{\"id\":0.1234567890123456789}\n"
        let read = try RowsRead.jsonl(larger)
        #expect(read.columns == [Column("id", .decimal, origin: .observed)])
        #expect(read.rows == [["9223372036854775808"], ["0.1234567890123456789"]])
        for type in [ColumnType.integer, .number] {
            #expect(sourceError { _ = try RowsRead.jsonl(larger, Model(columns: [.init("id", type)])) }?.code == .badValue)
        }
    }

    @Test("are JSON for objects and lists, but text where kinds are mixed")
    func containers() throws {
        let read = try RowsRead.jsonl("{\"a\":[1],\"b\":\"x\"}\n{\"a\":{\"c\":2},\"b\":[1, 2]}\n")
        #expect(read.columns == [Column("a", .json, origin: .observed), Column("b", .text, origin: .unknown)])
        #expect(read.rows == [["[1]", "x"], ["{\"c\":2}", "[1, 2]"]])
        let late = "{\"b\":\"x\"}\n"
        #expect(
            sourceError { _ = try RowsRead.jsonl(String(repeating: late, count: 1_000) + "{\"b\":[1]}\n") }?.message.contains(
                "it is a list")
                == true)
    }

    @Test("of a path are those of the values at its end")
    func paths() throws {
        var model = Model()
        model.used = ["address.country", "address.zip"]
        let read = try RowsRead.jsonl(
            "{\"address\":{\"country\":null}}\n{\"address\":{\"country\":\"FR\",\"zip\":75001},\"x\":[]}\n", model)
        #expect(read.columns == [Column("address.country", .text, origin: .observed), Column("address.zip", .number, origin: .observed)])
        #expect(read.rows == [[nil, nil], ["FR", "75001.0"]])
    }

    @Test("of expressions and views in a database are those of their values")
    func sqlite() throws {
        let database = try SampleDatabase(
            """
            CREATE TABLE orders (email TEXT, total REAL, paid NUMERIC, at DATE, code);
            INSERT INTO orders VALUES ('a', 60.0, '12.50', '2026-01-01', 'x'), ('a', 39.0, 7, '2026-01-02', 8), ('b', 1000.0, NULL, NULL, NULL);
            CREATE VIEW totals AS SELECT email, sum(total) AS ltv, max(at) AS last, count(*) > 1 AS again FROM orders GROUP BY email;
            """)
        let table = try database.read(Model(table: "orders"))
        #expect(table.columns.map(\.type) == [.text, .number, .number, .date, .text])
        #expect(table.columns.map(\.origin) == [.source, .source, .source, .source, .unknown])
        let view = try database.read(Model(table: "totals"))
        #expect(view.columns.map(\.type) == [.text, .number, .text, .number])
        #expect(view.columns.map(\.origin) == [.source, .observed, .observed, .observed])
        #expect(view.rows == [["a", "99.0", "2026-01-02", "1.0"], ["b", "1000.0", nil, "0.0"]])
        let declared = try database.read(Model(table: "totals", columns: [.init("last", .date), .init("again", .boolean)]))
        #expect(declared.rows == [["a", "99.0", "2026-01-02", "1"], ["b", "1000.0", nil, "0"]])
    }

    @Test("need one run of the query, whose first rows come once")
    func readOnce() throws {
        let database = try SampleDatabase("CREATE TABLE t (id INTEGER)")
        let model = Model(
            sql: "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2500) SELECT x, random() AS r FROM n")
        let cursor = try database.open(model)
        let first = try RowsRead(cursor, limit: 7)
        #expect(first.rows.map { $0[0] } == (1...2_500).map { "\($0).0" })
        #expect(first.numbers == Array(1...2_500))
        #expect(first.rowsRead == 2_500)
    }

    @Test("need one pass over the first objects, and later errors are reported in their place", arguments: [1, 7, 1 << 18])
    func headOnce(_ block: Int) throws {
        let lines = (1...2_500).map { "{\"x\":\($0)}\n\n" }.joined()
        let read = try RowsRead.jsonl(lines.utf8, limits: .init(block: block))
        #expect(read.rows.map { $0[0] } == (1...2_500).map { "\($0).0" })
        let broken = sourceError { _ = try RowsRead.jsonl((lines + "{\"x\":").utf8, limits: .init(block: block)) }
        #expect(broken?.location.line == 5_001)
        let early = "{\"x\":1}\n{\"x\":2}\n{\"x\":"
        let file = try TemporaryFile(early)
        let cursor = try JSONLSource(SourceConfiguration(name: "shop", kind: .jsonl, path: file.path), model: Model()).open()
        var batch = RecordBatch(columns: cursor.columns)
        #expect(try cursor.read(into: &batch, limit: 2))
        #expect(sourceError { _ = try cursor.read(into: &batch, limit: 2) }?.location.line == 3)
    }
}

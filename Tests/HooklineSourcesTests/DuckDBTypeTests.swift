import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Values of DuckDB")
struct DuckDBTypeTests {
    private func read(_ expressions: String, _ model: Model = Model()) throws -> RowsRead {
        try DuckDBFolder.read("SELECT \(expressions)", model)
    }

    @Test("have DuckDB's types, and are what they are from a PostgreSQL server")
    func typed() throws {
        let cases: [(String, ColumnType, String?)] = [
            ("1::SMALLINT", .integer, "1"), ("(-2147483648)::INTEGER", .integer, "-2147483648"),
            ("9223372036854775807::BIGINT", .integer, "9223372036854775807"),
            ("18446744073709551615::UBIGINT", .decimal, "18446744073709551615"),
            ("sum(1::BIGINT) OVER ()", .decimal, "1"), ("0.1::FLOAT", .number, "0.1"),
            ("0.1::DOUBLE + 0.2::DOUBLE", .number, "0.30000000000000004"),
            ("1e300::DOUBLE", .number, "1e+300"), ("1.50::DECIMAL(10,4)", .decimal, "1.5000"),
            ("12345678901234567890.1234567890::DECIMAL(38,10)", .decimal, "12345678901234567890.1234567890"),
            ("true", .boolean, "1"), ("false", .boolean, "0"), ("'a b'", .text, "a b"), ("'b'::ENUM('a', 'b')", .text, "b"),
            ("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::UUID", .text, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            ("DATE '2026-02-28'", .date, "2026-02-28"), ("TIMESTAMP '2026-03-01 06:00:00.75'", .timestamp, "1772344800"),
            ("TIMESTAMP_NS '2026-03-01 06:00:00.123456789'", .timestamp, "1772344800"),
            ("TIMESTAMP_S '2026-03-01 06:00:00'", .timestamp, "1772344800"),
            ("TIMESTAMPTZ '2026-03-01 07:00:00+01'", .timestamp, "1772344800"), ("TIMESTAMPTZ '1969-12-31 23:59:59+00'", .timestamp, "-1"),
            ("TIME '06:00'", .text, "06:00:00"), ("INTERVAL '1 year 3 months 2 days 4 hours'", .text, "1 year 3 mons 2 days 04:00:00"),
            (#"'{"a": [1, null]}'::JSON"#, .json, #"{"a": [1, null]}"#), ("{'a': 1, 'b': NULL}", .json, #"{"a":1,"b":null}"#),
            ("MAP {'k': 1}", .json, #"{"k":1}"#), ("[1, NULL, 3]", .list, #"["1","3"]"#), ("[true, false]", .list, #"["true","false"]"#),
            (#"['a "b"', 'NULL', NULL, 'c,d', '\x', '', 'é']"#, .list, #"["a \"b\"","NULL","c,d","\\x","é"]"#),
            ("[]::VARCHAR[]", .list, "[]"), ("[DATE '2026-01-31']", .list, #"["2026-01-31"]"#), ("[1.50, 2]", .list, #"["1.50","2.00"]"#),
            ("array_value(1, 2)", .list, #"["1","2"]"#), ("'0101'::BIT", .text, "0101"), ("NULL", .integer, nil),
        ]
        let read = try read(cases.enumerated().map { "\($1.0) AS v\($0)" }.joined(separator: ", "))
        for (number, one) in cases.enumerated() {
            #expect(read.columns[number] == Column("v\(number)", one.1, origin: .source), "\(one.0)")
            #expect(read.rows[0][number] == one.2, "\(one.0)")
        }
    }

    @Test("that no type of ours holds are bad values, with a word for the reason")
    func bad() throws {
        let cases: [(String, Misfit)] = [
            ("'infinity'::DATE", .endless), ("'-infinity'::TIMESTAMPTZ", .endless), ("DATE '0044-03-15 (BC)'", .beforeOurEra),
            ("TIMESTAMP '0044-03-15 (BC) 12:00:00'", .beforeOurEra), ("DATE '12026-01-01'", .text), ("'nan'::FLOAT", .notFinite),
            ("'-inf'::DOUBLE", .notFinite), ("'\\x00\\xFF'::BLOB", .blob), ("['\\xAA'::BLOB]", .blob), ("[[1, 2], [3, 4]]", .list),
        ]
        let list = cases.enumerated().map { "\($1.0) AS v\($0)" }.joined(separator: ", ")
        #expect(try read(list, Model(onBadValue: .null)).rows == [cases.map { _ in RowsRead.unknown }])
        for (expression, misfit) in cases {
            let error = sourceError { _ = try read("\(expression) AS v") }
            #expect(error?.code == .badValue && error?.location.row == 1, "\(expression): \(String(describing: error))")
            #expect(error?.message.contains(misfit.words(of: Column("v", .text, origin: .source))) == true, "\(expression)")
        }
    }

    @Test("that are NULL are NULL in every type, empty text is NULL as everywhere, and the word \\N is a text")
    func empty() throws {
        let nulls = [
            "INTEGER", "DECIMAL(9,2)", "VARCHAR", "DATE", "TIMESTAMPTZ", "JSON", "VARCHAR[]", "BOOLEAN", "BLOB", "DOUBLE", "INTERVAL",
        ]
        let read = try read(
            "'' AS e, '  ' AS b, 'x ' AS t, 'null'::JSON AS j, '\\N' AS w, "
                + nulls.enumerated().map { "NULL::\($1) AS n\($0)" }.joined(separator: ", "))
        #expect(read.rows == [[nil, nil, "x", nil, "\\N"] + nulls.map { _ in nil }])
    }

    @Test("are read as the manifest's types where it sets them")
    func declared() throws {
        let model = Model(columns: [
            .init("n", .text), .init("d", .timestamp), .init("b", .text), .init("j", .list), .init("i", .decimal), .init("a", .json),
            .init("w", .text), .init("f", .text), .init("g", .integer), .init("nan", .text),
        ])
        let read = try read(
            """
            1.50 AS n, DATE '2026-03-01' AS d, true AS b, '["x"]'::JSON AS j, 7 AS i, [[1], [2]] AS a, 10::DOUBLE AS w, 1234567::FLOAT AS f,
            10::DOUBLE AS g, 'nan'::DOUBLE AS nan
            """, model)
        #expect(
            read.rows == [["1.50", "1772323200", "true", #"["x"]"#, "7", "[[1],[2]]", "10", "1.234567e+06", "10", "NaN"]])
    }

    @Test("without a zone are in the source's zone, and those with one are not moved by it")
    func zones() throws {
        let folder = try DuckDBFolder()
        var source = try folder.source()
        source.timezone = "America/New_York"
        let read = try folder.read(
            source, Model(sql: "SELECT TIMESTAMP '2026-03-01 12:00' AS a, TIMESTAMPTZ '2026-03-01 12:00:00+00' AS b"))
        #expect(read.rows == [["1772384400", "1772366400"]])
    }

    @Test("of every length and content arrive whole")
    func huge() throws {
        let read = try read("repeat('é', 5000000) AS v, 'a\"b' || chr(10) || chr(13) || ',''\\ü🙂' AS w")
        #expect(read.rows.first?.first??.utf8.count == 10_000_000)
        #expect(read.rows.first?[1] == "a\"b\n\r,'\\ü🙂")
        #expect(sourceError { _ = try self.read("'a' || chr(0) AS v") }?.code == .badEncoding)
    }

    @Test(
        "that are floating-point numbers are spelled as PostgreSQL spells them",
        arguments: [
            ("10.0", "10"), ("-0.0", "-0"), ("0.0", "0"), ("0.1", "0.1"), ("1e+300", "1e+300"), ("1000000000000000.0", "1e+15"),
            ("1234567890123456.0", "1.234567890123456e+15"), ("123456789012345.6", "123456789012345.6"), ("1e-05", "1e-05"),
            ("0.00012", "0.00012"), ("-1.5e-07", "-1.5e-07"), ("100.25", "100.25"), ("nan", "NaN"), ("-inf", "-Infinity"),
            ("inf", "Infinity"),
        ])
    func floats(_ written: String, _ expected: String) {
        var text: [UInt8] = []
        Array(written.utf8).withUnsafeBufferPointer { FloatText.write($0, exponentFrom: 15, to: &text) }
        #expect(String(decoding: text, as: UTF8.self) == expected)
    }

    @Test("that are floating-point numbers are spelled as a PostgreSQL server does it, whatever they are")
    func floatsOfServer() throws {
        var generator = SeededGenerator(seed: 18)
        var numbers: [String] = []
        for _ in 0..<300 {
            let scale = Double(sign: .plus, exponent: .random(in: -60...60, using: &generator), significand: 1)
            let number: Double = .random(in: -10...10, using: &generator) * scale
            numbers.append("('\(number)')")
        }
        let list = numbers.joined(separator: ", ")
        let schema = try PostgresSchema()
        let server = try schema.rows("SELECT v::double precision::text, v::real::text FROM (VALUES \(list)) n (v)")
        let model = Model(
            sql: "SELECT v::DOUBLE AS d, v::FLOAT AS f FROM (VALUES \(list)) n (v)", columns: [.init("d", .text), .init("f", .text)])
        let folder = try DuckDBFolder()
        let read = try folder.read(folder.source(), model).rows
        // PostgreSQL keeps a last digit where the shorter number would lie exactly between two; both texts are the same number.
        func same<Number: LosslessStringConvertible & Equatable>(_ type: Number.Type, _ ours: String?, _ theirs: String?) -> Bool {
            ours == theirs || ours.flatMap(Number.init) == theirs.flatMap(Number.init)
        }
        let different = zip(read, server).filter { ours, theirs in
            !same(Double.self, ours[0], theirs[0]) || !same(Float.self, ours[1], theirs[1])
        }
        #expect(read.count == server.count && different.isEmpty, "\(different.prefix(3))")
    }
}

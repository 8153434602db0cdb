import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Values of a PostgreSQL server")
struct PostgresTypeTests {
    /// The values of one expression per column, and the columns.
    private func read(_ expressions: String, _ model: Model = Model()) throws -> RowsRead {
        let schema = try PostgresSchema()
        var model = model
        model.sql = "SELECT \(expressions)"
        return try withExtendedLifetime(schema) { try RowsRead(PostgresSource(schema.source, model: model).open()) }
    }

    @Test(
        "have the server's types",
        arguments: [
            ("1::smallint", ColumnType.integer, "1"), ("(-2147483648)::integer", .integer, "-2147483648"),
            ("9223372036854775807::bigint", .integer, "9223372036854775807"), ("0.1::real", .number, "0.1"),
            ("0.1::double precision + 0.2", .number, "0.30000000000000004"), ("1e300::double precision", .number, "1e+300"),
            ("123456789012345678901234567890.1234567890", .decimal, "123456789012345678901234567890.1234567890"),
            ("1.50::numeric(10,4)", .decimal, "1.5000"), ("1e3::numeric", .decimal, "1000"), ("true", .boolean, "1"),
            ("false", .boolean, "0"), ("'a b'::text", .text, "a b"), ("'ab'::char(5)", .text, "ab"), ("'ab'::varchar(5)", .text, "ab"),
            ("'ab'::name", .text, "ab"), ("'x'::\"char\"", .text, "x"),
            ("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", .text, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            ("DATE '2026-02-28'", .date, "2026-02-28"), ("TIMESTAMP '2026-03-01 06:00:00.75'", .timestamp, "1772344800"),
            ("TIMESTAMPTZ '2026-03-01 07:00:00+01'", .timestamp, "1772344800"),
            ("TIMESTAMPTZ '1969-12-31 23:59:59Z'", .timestamp, "-1"), ("TIME '06:00'", .text, "06:00:00"),
            ("INTERVAL '1 day 2 hours'", .text, "1 day 02:00:00"), (#"'{"a": [1, null]}'::json"#, .json, #"{"a": [1, null]}"#),
            (#"'{"b":1,"a":2}'::jsonb"#, .json, #"{"a": 2, "b": 1}"#), ("'10.0.0.1'::inet", .text, "10.0.0.1"),
            ("ARRAY[1, NULL, 3]", .list, #"["1","3"]"#), ("ARRAY[true, false]", .list, #"["true","false"]"#),
            ("ARRAY['a \"b\"', 'NULL', NULL, 'c,d', '\\x', '', 'é']", .list, #"["a \"b\"","NULL","c,d","\\x","é"]"#),
            ("'[0:1]={7,8}'::int[]", .list, #"["7","8"]"#), ("'{}'::text[]", .list, "[]"),
            ("ARRAY['a'::char(3), 'b']", .list, #"["a","b"]"#), ("ARRAY[DATE '2026-01-31']", .list, #"["2026-01-31"]"#),
            ("ARRAY[1.50, 2]", .list, #"["1.50","2"]"#),
        ])
    func typed(_ expression: String, _ type: ColumnType, _ expected: String) throws {
        let read = try read("\(expression) AS v")
        #expect(read.columns == [Column("v", type, origin: .source)])
        #expect(read.rows == [[expected]])
    }

    @Test("of a domain have the type below it, and those of an enumeration or a composite type are text")
    func made() throws {
        let schema = try PostgresSchema(
            """
            CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0); CREATE TYPE pair AS (a int, b text);
            CREATE TABLE t (m mood, p positive, c pair, ms mood[], ps positive[], nothing int[]);
            INSERT INTO t VALUES ('happy', 3, (1, 'x'), '{sad,happy}', '{1,2}', NULL)
            """)
        let read = try RowsRead(PostgresSource(schema.source, model: Model(table: "t")).open())
        #expect(read.columns.map(\.type) == [.text, .integer, .text, .list, .list, .list])
        #expect(read.rows == [["happy", "3", "(1,x)", #"["sad","happy"]"#, #"["1","2"]"#, nil]])
    }

    @Test(
        "that no type of ours holds are bad values, with a word for the reason",
        arguments: [
            ("'infinity'::date", Misfit.endless), ("'-infinity'::timestamptz", .endless), ("DATE '0044-03-15 BC'", .beforeOurEra),
            ("TIMESTAMP '0044-03-15 12:00:00 BC'", .beforeOurEra), ("DATE '12026-01-01'", .text), ("'NaN'::numeric", .notFinite),
            ("'Infinity'::numeric", .notFinite), ("'NaN'::real", .notFinite), ("'-Infinity'::double precision", .notFinite),
            ("'\\x00ff'::bytea", .blob), ("ARRAY['\\x00'::bytea]", .blob), ("ARRAY[[1,2],[3,4]]", .nestedList),
        ])
    func bad(_ expression: String, _ misfit: Misfit) throws {
        let error = sourceError { _ = try read("\(expression) AS v") }
        #expect(error?.code == .badValue)
        let column = Column("v", .text, origin: .source)
        #expect(error?.message.contains(misfit.words(of: column)) == true, "\(error?.message ?? "")")
        #expect(try read("\(expression) AS v, 1 AS w", Model(onBadValue: .null)).rows == [[RowsRead.unknown, "1"]])
    }

    @Test("that are empty or blank are NULL, as everywhere, and NULL is NULL in every type")
    func empty() throws {
        let nulls = ["int", "numeric", "text", "date", "timestamptz", "jsonb", "text[]", "bool", "bytea"].enumerated().map {
            "NULL::\($1) AS n\($0)"
        }
        let read = try read("'' AS e, '  ' AS b, 'x ' AS t, 'null'::jsonb AS j, " + nulls.joined(separator: ", "))
        #expect(read.rows == [[nil, nil, "x", nil] + nulls.map { _ in nil }])
    }

    @Test("are read as the manifest's types where it sets them")
    func declared() throws {
        let model = Model(columns: [
            .init("n", .text), .init("d", .timestamp), .init("b", .text), .init("j", .list), .init("i", .decimal), .init("a", .json),
            .init(
                "t", .date,
                format: {
                    var format = ColumnFormat(); format.times = [.pattern("%d.%m.%Y")]; return format
                }()),
            .init(
                "s", .date,
                format: {
                    var format = ColumnFormat(); format.times = [.pattern("%d.%m.%Y")]; return format
                }()),
        ])
        let read = try read(
            "1.50 AS n, DATE '2026-03-01' AS d, true AS b, '[\"x\"]'::jsonb AS j, 7 AS i, ARRAY[[1],[2]] AS a, DATE '2026-01-31' AS t, '31.01.2026' AS s",
            model)
        #expect(read.rows == [["1.50", "1772323200", "true", #"["x"]"#, "7", "[[1],[2]]", "2026-01-31", "2026-01-31"]])
    }

    @Test("without a zone are in the source's zone, and those with one are not moved by the session's or the machine's")
    func zones() throws {
        let schema = try PostgresSchema(
            "CREATE TABLE t (a timestamp, b timestamptz); INSERT INTO t VALUES ('2026-03-01 12:00', '2026-03-01 12:00+00')")
        var source = schema.source
        source.timezone = "America/New_York"
        let read = try RowsRead(PostgresSource(source, model: Model(table: "t")).open())
        #expect(read.rows == [["1772384400", "1772366400"]])
    }

    @Test("of every length arrive whole")
    func huge() throws {
        let read = try read("repeat('é', 5000000) AS v, repeat('x', 100) AS w")
        #expect(read.rows.first?.first??.utf8.count == 10_000_000)
        #expect(sourceError { _ = try self.read("repeat('x', 135000000) AS v") }?.code == .recordTooLarge)
    }
}

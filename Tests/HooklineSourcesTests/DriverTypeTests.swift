import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Values that a driver of ODBC or ADBC reads")
struct ODBCTypeTests {
    /// Reads the same query with a driver and with libpq.
    private func both(
        _ schema: PostgresSchema, _ model: Model, _ kind: SourceConfiguration.Kind
    ) throws -> (driver: RowsRead, libpq: RowsRead) {
        (
            try RowsRead(DriverSource(schema.source(through: kind), model: model).open()),
            try RowsRead(PostgresSource(schema.source, model: model).open())
        )
    }

    static let values = [
        "1::smallint", "(-2147483648)::integer", "9223372036854775807::bigint", "0.1::real", "0.1::double precision + 0.2",
        "1e300::double precision", "16777217::real", "123456789012345678901234567890.1234567890", "1.50::numeric(10,4)", "1e3::numeric",
        "0.5::numeric", "(-0.5)::numeric", "true", "false", "'a b'::text", "'ab'::char(5)", "'ab'::varchar(5)", "'ab'::name",
        "'x'::\"char\"",
        "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", "DATE '2026-02-28'", "DATE '9999-12-31'", "DATE '0001-01-01'",
        "TIMESTAMP '2026-03-01 06:00:00.123456'", "TIMESTAMPTZ '2026-03-01 07:00:00+01'", "TIMESTAMPTZ '1969-12-31 23:59:59Z'",
        "TIME '06:00'",
        "TIMETZ '06:00+02'", "INTERVAL '1 mon 1 day 2 hours'", #"'{"a": [1, null]}'::json"#, #"'{"b":1,"a":2}'::jsonb"#, "'10.0.0.1'::inet",
        "'10.0.0.0/8'::inet", "'::1'::inet", "'10.0.0.1/32'::cidr", "ARRAY['10.0.0.1'::inet]",
        "ARRAY[1, NULL, 3]", "ARRAY[true, false]", #"ARRAY['a "b"', 'NULL', NULL, 'c,d', '\x', '', 'é']"#, "'[0:1]={7,8}'::int[]",
        "'{}'::text[]", "ARRAY['a'::char(3), 'b']", "ARRAY[DATE '2026-01-31']", "ARRAY[1.50, 2]", "'1'::money", "3::oid", "'101'::bit(3)",
        "'<a/>'::xml", "'(1,2)'::point", "'é🙂\u{1}\t\n'::text", "''::text", "' x '::text", "NULL", "NULL::int", "NULL::numeric",
        "NULL::bytea",
        "NULL::timestamptz", "NULL::text[]", "NULL::boolean", "repeat('é', 5000000)", "'\\xe9'::text", "'0'::text", "'NULL'::text",
    ]

    /// All values as columns of one row: a connection for each would take minutes.
    private static let all = Model(sql: "SELECT " + values.enumerated().map { "\($1) AS v\($0)" }.joined(separator: ", "))

    @Test("are those that libpq reads, of the same types", arguments: TestDriver.kinds)
    func same(_ kind: SourceConfiguration.Kind) throws {
        let (driver, libpq) = try both(PostgresSchema(), Self.all, kind)
        #expect(driver.columns == libpq.columns && driver.rows.count == 1)
        for (index, expression) in Self.values.enumerated() { #expect(driver.rows[0][index] == libpq.rows[0][index], "\(expression)") }
    }

    @Test("as texts are those that libpq reads, so that no key changes with the door", arguments: TestDriver.kinds)
    func keys(_ kind: SourceConfiguration.Kind) throws {
        var texts = Self.all
        texts.columns = Self.values.indices.map { .init("v\($0)", .text) }
        texts.onBadValue = .null
        let (driver, libpq) = try both(PostgresSchema(), texts, kind)
        for (index, expression) in Self.values.enumerated() { #expect(driver.rows[0][index] == libpq.rows[0][index], "\(expression)") }
    }

    @Test(
        "that no type of ours holds are bad values for the same reason",
        arguments: [
            "'infinity'::date", "'-infinity'::timestamptz", "'infinity'::timestamp", "DATE '0044-03-15 BC'",
            "TIMESTAMPTZ '0044-03-15 12:00:00 BC'", "DATE '12026-01-01'", "'NaN'::numeric", "'Infinity'::numeric", "'NaN'::real",
            "'-Infinity'::double precision", "'\\x00ff'::bytea", "ARRAY['\\x00'::bytea]", "ARRAY[[1,2],[3,4]]",
        ], TestDriver.kinds)
    func bad(_ expression: String, _ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema()
        let model = Model(sql: "SELECT \(expression) AS v")
        let driver = sourceError { _ = try RowsRead(DriverSource(schema.source(through: kind), model: model).open()) }
        let libpq = sourceError { _ = try RowsRead(PostgresSource(schema.source, model: model).open()) }
        #expect(driver == libpq && driver?.code == .badValue)
    }

    @Test("of types that somebody made are read as with libpq", arguments: TestDriver.kinds)
    func made(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(
            """
            CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0); CREATE DOMAIN few AS positive;
            CREATE TYPE pair AS (a int, b text);
            CREATE TABLE t (m mood, p positive, f few, c pair, ms mood[], ps positive[], nothing int[]);
            INSERT INTO t VALUES ('happy', 3, 4, (1, 'x'), '{sad,happy}', '{1,2}', NULL)
            """)
        let (driver, libpq) = try both(schema, Model(table: "t"), kind)
        #expect(driver.columns == libpq.columns && driver.rows == libpq.rows)
    }

    @Test(
        "without a zone are in the source's zone, and those with one are not moved by the server's or the machine's",
        arguments: TestDriver.kinds)
    func zones(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(
            "CREATE TABLE t (a timestamp, b timestamptz); INSERT INTO t VALUES ('2026-03-01 12:00', '2026-03-01 12:00+00')")
        var source = try schema.source(through: kind)
        source.timezone = "America/New_York"
        #expect(try RowsRead(DriverSource(source, model: Model(table: "t")).open()).rows == [["1772384400", "1772366400"]])
    }

    @Test("are respelled by their type where a driver spells them in its own way")
    func spelling() {
        func read(_ type: Int, _ name: String, _ text: String, _ dialect: DriverSettings.Dialect? = nil) -> String {
            let type = DriverType(.init(name: "v", type: type, size: 0, digits: 0, typeName: name), dialect)
            return Array(text.utf8).withUnsafeBufferPointer { bytes in
                var respelled: [UInt8] = []
                return String(decoding: type.respell(bytes, to: &respelled) ? respelled : Array(bytes), as: UTF8.self)
            }
        }
        #expect(read(-11, "uniqueidentifier", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11") == "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
        #expect(["1", "0"].map { read(-7, "bool", $0) } == ["t", "f"])
        #expect([".5", "-.5", "1.50", "-1"].map { read(3, "NUMBER", $0) } == ["0.5", "-0.5", "1.50", "-1"])
        #expect(read(8, "float8", "0.10000000000000001") == "0.1")
        #expect(read(93, "TIMESTAMP_LTZ", "2026-03-01 12:00:00.5") == "2026-03-01 12:00:00.5+00")
        #expect(read(93, "TIMESTAMP_TZ", "2026-03-01 12:00:00 +0100") == "2026-03-01 12:00:00 +0100")
        #expect(read(93, "TIMESTAMP", "2026-03-01 12:00:00", .databricks) == "2026-03-01 12:00:00+00")
        #expect(
            ["TIMESTAMP_NTZ", "TIMESTAMP", "timestamp without time zone"].map { read(93, $0, "2026-03-01 12:00:00", .snowflake) }
                == ["2026-03-01 12:00:00", "2026-03-01 12:00:00", "2026-03-01 12:00:00"])
    }
}

import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A source that a driver of ODBC or ADBC reads")
struct ODBCSourceTests {
    private let users = """
        CREATE TABLE users (id int, email text, spent numeric);
        INSERT INTO users VALUES (1, 'ada@example.com', 10), (2, 'bob@example.com', 20), (3, NULL, NULL)
        """

    private func read(_ schema: PostgresSchema, _ model: Model, _ kind: SourceConfiguration.Kind) throws -> RowsRead {
        try RowsRead(DriverSource(schema.source(through: kind), model: model).open())
    }

    @Test("reads a table, a view, and a query, in the query's order", arguments: TestDriver.kinds)
    func rows(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE VIEW spenders AS SELECT id FROM users WHERE spent > 10")
        #expect(
            try read(schema, Model(table: "users"), kind).rows
                == [["1", "ada@example.com", "10"], ["2", "bob@example.com", "20"], ["3", nil, nil]])
        #expect(try read(schema, Model(table: "spenders"), kind).rows == [["2"]])
        let query = "-- the newest first; as they are\nSELECT id, 'a;b?{c}' AS t FROM users /* all; */ ORDER BY id DESC; -- done;\n"
        var model = Model(sql: query)
        #expect(try read(schema, model, kind).rows == [["3", "a;b?{c}"], ["2", "a;b?{c}"], ["1", "a;b?{c}"]])
        model.used = ["id"]
        #expect(try read(schema, model, kind).rows == [["3"], ["2"], ["1"]])
        #expect(try read(schema, Model(sql: "WITH n AS (VALUES (1), (2)) SELECT * FROM n"), kind).columns.map(\.name) == ["column1"])
        #expect(try read(schema, Model(sql: "SELECT * FROM users WHERE false"), kind).rows.isEmpty)
        #expect(try DriverTables.names(in: schema.source(through: kind)) { false } == ["spenders", "users"])
    }

    @Test("finds a table as SQL does: as it is written, else in lower case, with its schema or without", arguments: TestDriver.kinds)
    func tableNames(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE TABLE \"Users\" (a int); CREATE TABLE \"a_b\" (b int); CREATE TABLE \"axb\" (c int)")
        #expect(try read(schema, Model(table: "Users"), kind).columns.map(\.name) == ["a"])
        #expect(try read(schema, Model(table: "USERS"), kind).columns.map(\.name) == ["id", "email", "spent"])
        // What ODBC searches for is a pattern, in which _ is any character.
        #expect(try read(schema, Model(table: "a_b"), kind).columns.map(\.name) == ["b"])
        #expect(try read(schema, Model(table: "\(schema.name).users"), kind).rowsRead == 3)
        let near = issues { _ = try read(schema, Model(table: "user"), kind) }
        #expect(near.map(\.code) == ["sources.unknown_table"] && near[0].message.hasSuffix("sers'?"), "\(near)")
    }

    @Test(
        "takes every name and value as what it is, whatever is in it",
        arguments: [
            "a\"b", "x\"; DROP TABLE users; --", "'; DROP TABLE users; --", "semi;colon", "back\\slash", "ünï🙂", "SELECT", "$1", "%s", "?",
            "{fn now()}",
        ], TestDriver.kinds)
    func injection(_ name: String, _ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(users)
        let quoted = PostgresSchema.quoted(name)
        try schema.execute("CREATE TABLE \(quoted) (\(quoted) text, other int)")
        try schema.execute("INSERT INTO \(quoted) VALUES (\(PostgresSchema.literal(name)), 1)")
        var model = Model(table: name)
        model.used = [name]
        #expect(try read(schema, model, kind).rows == [[name]])
        model.table = nil
        model.sql = "SELECT * FROM \(quoted)"
        #expect(try read(schema, model, kind).columns.map(\.name) == [name])
        #expect(issues { _ = try read(schema, Model(table: name + " x"), kind) }.map(\.code) == ["sources.unknown_table"])
        #expect(try schema.rows("SELECT count(*) FROM users") == [["3"]])
    }

    @Test(
        "refuses what is not one query, and everything that would change something",
        arguments: [
            "", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE users", "DELETE FROM users", "DELETE FROM users RETURNING id", "COMMIT",
            "COPY users TO STDOUT", "SHOW timezone", "EXPLAIN SELECT 1", "TABLE users", "SET transaction_read_only TO off",
            "SELECT * INTO copied FROM users", "WITH gone AS (DELETE FROM users RETURNING id) SELECT * FROM gone",
            "SELECT 1) x; DROP TABLE users; SELECT * FROM (SELECT 1", "SELECT ? AS a", "SELECT id, id FROM users",
            "DO $$ BEGIN END $$", "SELECT emial FROM users", "SELECT FROM FROM", "SELECT * FROM usrs",
        ], TestDriver.kinds)
    func refused(_ sql: String, _ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(users)
        let found = issues { _ = try read(schema, Model(sql: sql), kind) }
        #expect(
            found.count == 1 && ["sources.bad_sql", "sources.duplicate_column", "sources.missing_privilege"].contains(found.first?.code),
            "\(found)")
        #expect(try schema.rows("SELECT count(*) FROM users") == [["3"]])
    }

    @Test(
        "cannot be talked into writing by a function", arguments: ["nextval('s')", "set_config('transaction_read_only', 'off', false)"],
        TestDriver.kinds)
    func functions(_ call: String, _ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema("CREATE SEQUENCE s; GRANT ALL ON SEQUENCE s TO reader")
        let error = sourceError { _ = try read(schema, Model(sql: "SELECT \(call) AS v"), kind) }
        #expect(error?.code == .badSQL || error?.code == .queryFailed, "\(String(describing: error))")
        #expect(try schema.rows("SELECT is_called FROM s") == [["f"]])
    }

    @Test("sees the rows of one moment", arguments: TestDriver.kinds)
    func snapshot(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema(users)
        let cursor = try DriverSource(schema.source(through: kind), model: Model(table: "users")).open()
        try schema.execute("INSERT INTO users VALUES (4); DELETE FROM users WHERE id = 3")
        #expect(try RowsRead(cursor, limit: 1).rows.map { $0[0] } == ["1", "2", "3"])
        #expect(try read(schema, Model(table: "users"), kind).rows.map { $0[0] } == ["1", "2", "4"])
    }

    @Test("reads many rows in order, with long values among short ones", arguments: TestDriver.kinds)
    func blocks(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema()
        let query = """
            SELECT n, CASE WHEN n % 1000 = 7 THEN repeat('é', n) WHEN n % 1000 = 8 THEN repeat('x', 4095) WHEN n % 1000 = 9 THEN NULL ELSE '' || n END AS t
            FROM generate_series(1, 25000) n ORDER BY n
            """
        let model = Model(sql: query)
        let (ours, theirs) = try (read(schema, model, kind), RowsRead(PostgresSource(schema.source, model: model).open()))
        #expect(ours.rows == theirs.rows && ours.rowsRead == 25_000)
    }

    @Test("has the rights that it needs printed, which are enough to read and not to write", arguments: TestDriver.kinds)
    func grants(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema("CREATE TABLE a (x int); CREATE TABLE b (y int); INSERT INTO a VALUES (1)")
        let role = "r\(schema.name)"
        try schema.execute("CREATE ROLE \(role) LOGIN PASSWORD 'p;}='")
        var source = try schema.source(through: kind)
        if kind == .odbc {
            source.driver?.user = role
            source.driver?.password = HiddenText("p;}=")
        } else {
            source.driver?.url = HiddenText(schema.url(user: role, password: "p;}="))
        }
        let models = [Model(table: "a"), Model(sql: "SELECT y FROM \(schema.name).b")]
        let before = try DriverExamination.issues(of: source, models: models) { false }
        #expect(Set(before.map(\.code)) == ["sources.missing_privilege"])
        let grants = try SourceGrants(source, models: models)
        #expect(grants.tables == ["\"\(schema.name)\".\"a\"", "\"\(schema.name)\".\"b\""])
        for statement in grants.statements { try schema.execute(statement) }
        #expect(try DriverExamination.issues(of: source, models: models) { false }.isEmpty)
        #expect(try RowsRead(DriverSource(source, model: models[0]).open()).rows == [["1"]])
        try schema.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
    }
}

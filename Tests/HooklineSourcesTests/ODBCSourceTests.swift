import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A source that an ODBC driver reads")
struct ODBCSourceTests {
    private let users = """
        CREATE TABLE users (id int, email text, spent numeric);
        INSERT INTO users VALUES (1, 'ada@example.com', 10), (2, 'bob@example.com', 20), (3, NULL, NULL)
        """

    private func read(_ schema: PostgresSchema, _ model: Model) throws -> RowsRead {
        try RowsRead(ODBCSource(schema.odbcSource, model: model).open())
    }

    @Test("reads a table, a view, and a query, in the query's order")
    func rows() throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE VIEW spenders AS SELECT id FROM users WHERE spent > 10")
        #expect(
            try read(schema, Model(table: "users")).rows
                == [["1", "ada@example.com", "10"], ["2", "bob@example.com", "20"], ["3", nil, nil]])
        #expect(try read(schema, Model(table: "spenders")).rows == [["2"]])
        let query = "-- the newest first; as they are\nSELECT id, 'a;b?{c}' AS t FROM users /* all; */ ORDER BY id DESC; -- done;\n"
        var model = Model(sql: query)
        #expect(try read(schema, model).rows == [["3", "a;b?{c}"], ["2", "a;b?{c}"], ["1", "a;b?{c}"]])
        model.used = ["id"]
        #expect(try read(schema, model).rows == [["3"], ["2"], ["1"]])
        #expect(try read(schema, Model(sql: "WITH n AS (VALUES (1), (2)) SELECT * FROM n")).columns.map(\.name) == ["column1"])
        #expect(try read(schema, Model(sql: "SELECT * FROM users WHERE false")).rows.isEmpty)
        #expect(try ODBCTables.names(in: schema.odbcSource) { false } == ["spenders", "users"])
    }

    @Test("finds a table as SQL does: as it is written, else in lower case, with its schema or without")
    func tableNames() throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE TABLE \"Users\" (a int); CREATE TABLE \"a_b\" (b int); CREATE TABLE \"axb\" (c int)")
        #expect(try read(schema, Model(table: "Users")).columns.map(\.name) == ["a"])
        #expect(try read(schema, Model(table: "USERS")).columns.map(\.name) == ["id", "email", "spent"])
        // What ODBC searches for is a pattern, in which _ is any character.
        #expect(try read(schema, Model(table: "a_b")).columns.map(\.name) == ["b"])
        #expect(try read(schema, Model(table: "\(schema.name).users")).rowsRead == 3)
        let near = issues { _ = try read(schema, Model(table: "user")) }
        #expect(near.map(\.code) == ["sources.unknown_table"] && near[0].message.hasSuffix("sers'?"), "\(near)")
    }

    @Test(
        "takes every name and value as what it is, whatever is in it",
        arguments: [
            "a\"b", "x\"; DROP TABLE users; --", "'; DROP TABLE users; --", "semi;colon", "back\\slash", "ünï🙂", "SELECT", "$1", "%s", "?",
            "{fn now()}",
        ])
    func injection(_ name: String) throws {
        let schema = try PostgresSchema(users)
        let quoted = PostgresSchema.quoted(name)
        try schema.execute("CREATE TABLE \(quoted) (\(quoted) text, other int)")
        try schema.execute("INSERT INTO \(quoted) VALUES (\(PostgresSchema.literal(name)), 1)")
        var model = Model(table: name)
        model.used = [name]
        #expect(try read(schema, model).rows == [[name]])
        model.table = nil
        model.sql = "SELECT * FROM \(quoted)"
        #expect(try read(schema, model).columns.map(\.name) == [name])
        #expect(issues { _ = try read(schema, Model(table: name + " x")) }.map(\.code) == ["sources.unknown_table"])
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
        ])
    func refused(_ sql: String) throws {
        let schema = try PostgresSchema(users)
        let found = issues { _ = try read(schema, Model(sql: sql)) }
        #expect(
            found.count == 1 && ["sources.bad_sql", "sources.duplicate_column", "sources.missing_privilege"].contains(found.first?.code),
            "\(found)")
        #expect(try schema.rows("SELECT count(*) FROM users") == [["3"]])
    }

    @Test("cannot be talked into writing by a function", arguments: ["nextval('s')", "set_config('transaction_read_only', 'off', false)"])
    func functions(_ call: String) throws {
        let schema = try PostgresSchema("CREATE SEQUENCE s; GRANT ALL ON SEQUENCE s TO reader")
        let error = sourceError { _ = try read(schema, Model(sql: "SELECT \(call) AS v")) }
        #expect(error?.code == .badSQL || error?.code == .queryFailed, "\(String(describing: error))")
        #expect(try schema.rows("SELECT is_called FROM s") == [["f"]])
    }

    @Test("sees the rows of one moment")
    func snapshot() throws {
        let schema = try PostgresSchema(users)
        let cursor = try ODBCSource(schema.odbcSource, model: Model(table: "users")).open()
        try schema.execute("INSERT INTO users VALUES (4); DELETE FROM users WHERE id = 3")
        #expect(try RowsRead(cursor, limit: 1).rows.map { $0[0] } == ["1", "2", "3"])
        #expect(try read(schema, Model(table: "users")).rows.map { $0[0] } == ["1", "2", "4"])
    }

    @Test("reads many rows in order, with long values among short ones")
    func blocks() throws {
        let schema = try PostgresSchema()
        let query = """
            SELECT n, CASE WHEN n % 1000 = 7 THEN repeat('é', n) WHEN n % 1000 = 8 THEN repeat('x', 4095) WHEN n % 1000 = 9 THEN NULL ELSE '' || n END AS t
            FROM generate_series(1, 25000) n ORDER BY n
            """
        let model = Model(sql: query)
        let (ours, theirs) = try (read(schema, model), RowsRead(PostgresSource(schema.source, model: model).open()))
        #expect(ours.rows == theirs.rows && ours.rowsRead == 25_000)
    }

    @Test("has the rights that it needs printed, which are enough to read and not to write")
    func grants() throws {
        let schema = try PostgresSchema("CREATE TABLE a (x int); CREATE TABLE b (y int); INSERT INTO a VALUES (1)")
        let role = "r\(schema.name)"
        try schema.execute("CREATE ROLE \(role) LOGIN PASSWORD 'p;}='")
        var source = try schema.odbcSource
        source.odbc?.user = role
        source.odbc?.password = HiddenText("p;}=")
        let models = [Model(table: "a"), Model(sql: "SELECT y FROM \(schema.name).b")]
        let before = try ODBCExamination.issues(of: source, models: models) { false }
        #expect(Set(before.map(\.code)) == ["sources.missing_privilege"])
        let grants = try SourceGrants(source, models: models)
        #expect(grants.tables == ["\"\(schema.name)\".\"a\"", "\"\(schema.name)\".\"b\""])
        for statement in grants.statements { try schema.execute(statement) }
        #expect(try ODBCExamination.issues(of: source, models: models) { false }.isEmpty)
        #expect(try RowsRead(ODBCSource(source, model: models[0]).open()).rows == [["1"]])
        try schema.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
    }
}

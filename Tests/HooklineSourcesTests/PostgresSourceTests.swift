import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A source on a PostgreSQL server")
struct PostgresSourceTests {
    private let users = """
        CREATE TABLE users (id int, email text, spent numeric);
        INSERT INTO users VALUES (1, 'ada@example.com', 10), (2, 'bob@example.com', 20), (3, NULL, NULL)
        """

    private func read(_ schema: PostgresSchema, _ model: Model) throws -> RowsRead {
        try RowsRead(PostgresSource(schema.source, model: model).open())
    }

    @Test("reads a table, a view, and a query, in the query's order")
    func rows() throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE VIEW spenders AS SELECT id FROM users WHERE spent > 10")
        #expect(
            try read(schema, Model(table: "users")).rows
                == [["1", "ada@example.com", "10"], ["2", "bob@example.com", "20"], ["3", nil, nil]])
        #expect(try read(schema, Model(table: "spenders")).rows == [["2"]])
        let query = "-- the newest first; as they are\nSELECT id, 'a;b' AS t FROM users /* all; */ ORDER BY id DESC; -- done;\n"
        var model = Model(sql: query)
        #expect(try read(schema, model).rows == [["3", "a;b"], ["2", "a;b"], ["1", "a;b"]])
        model.used = ["id"]
        #expect(try read(schema, model).rows == [["3"], ["2"], ["1"]])
        #expect(try read(schema, Model(sql: "WITH n AS (VALUES (1), (2)) SELECT * FROM n")).columns.map(\.name) == ["column1"])
    }

    @Test("reads only the columns in use, and needs no grant on the others")
    func usedColumns() throws {
        let schema = try PostgresSchema(users)
        try schema.execute("REVOKE SELECT ON users FROM reader; GRANT SELECT (id, email) ON users TO reader")
        var model = Model(table: "users")
        model.used = ["id"]
        #expect(try read(schema, model).rows == [["1"], ["2"], ["3"]])
        let found = issues { _ = try read(schema, Model(table: "users")) }
        #expect(found.map(\.code) == ["sources.missing_privilege"])
        #expect(found.first?.message.contains("GRANT SELECT ON \"\(schema.name)\".\"users\" TO \"reader\"") == true)
    }

    @Test("finds a table as SQL does: as it is written, else in lower case, with its schema or on the search path")
    func tableNames() throws {
        let schema = try PostgresSchema(users)
        try schema.execute("CREATE TABLE \"Users\" (a int); CREATE TABLE \"dotted.name\" (b int)")
        #expect(try read(schema, Model(table: "Users")).columns.map(\.name) == ["a"])
        #expect(try read(schema, Model(table: "USERS")).columns.map(\.name) == ["id", "email", "spent"])
        #expect(try read(schema, Model(table: "\(schema.name).users")).rowsRead == 3)
        #expect(try read(schema, Model(table: "dotted.name")).columns.map(\.name) == ["b"])
        let near = issues { _ = try read(schema, Model(table: "user")) }
        #expect(near.map(\.code) == ["sources.unknown_table"] && near[0].message.hasSuffix("sers'?"))
        var elsewhere = schema.source
        elsewhere.server?.schema = nil
        let found = issues { _ = try PostgresSource(elsewhere, model: Model(table: "dotted.name")).open() }
        #expect(found.first?.message.contains("did you mean '\(schema.name).dotted.name'?") == true)
        elsewhere.server?.schema = schema.name + "x"
        #expect(issues { _ = try PostgresSource(elsewhere, model: Model(table: "t")).open() }.map(\.code) == ["sources.unknown_schema"])
    }

    @Test(
        "takes every name as a name, whatever is in it",
        arguments: [
            "a\"b", "x\"; DROP TABLE users; --", "'; DROP TABLE users; --", "semi;colon", "back\\slash", "ünï🙂", "SELECT", "$1", "%s",
        ])
    func injection(_ name: String) throws {
        let schema = try PostgresSchema(users)
        let quoted = PostgresSchema.quoted(name)
        try schema.execute("CREATE TABLE \(quoted) (\(quoted) text, other int)")
        try schema.execute("INSERT INTO \(quoted) VALUES (\(PostgresSchema.literal(name)), 1)")
        var model = Model(table: name)
        model.used = [name]
        #expect(try read(schema, model).rows == [[name.hasPrefix("$") || !name.isEmpty ? name : nil]])
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
            "SELECT id FROM users FOR UPDATE", "SELECT $1::text AS a", "SELECT id, id FROM users", "DO $$ BEGIN END $$",
            "SELECT emial FROM users", "SELECT FROM FROM", "SELECT * FROM usrs",
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

    @Test("names the place in a query that the server rejects, and the nearest column")
    func place() throws {
        let schema = try PostgresSchema(users)
        let found = issues { _ = try read(schema, Model(sql: "SELECT 'é',\n  emial FROM users")) }
        #expect(found.first?.message.contains("line 2, column 3 (\"emial FROM users\")") == true, "\(found)")
        #expect(found.first?.message.contains("users.email") == true)
        #expect(
            issues { _ = try read(schema, Model(table: "users", primaryKey: "idd")) }.first?.message.hasSuffix("did you mean 'id'?") == true
        )
    }

    @Test("sees the rows of one moment")
    func snapshot() throws {
        let schema = try PostgresSchema(users)
        let cursor = try PostgresSource(schema.source, model: Model(table: "users")).open()
        try schema.execute("INSERT INTO users VALUES (4); DELETE FROM users WHERE id = 3")
        #expect(try RowsRead(cursor, limit: 1).rows.map { $0[0] } == ["1", "2", "3"])
        #expect(try read(schema, Model(table: "users")).rows.map { $0[0] } == ["1", "2", "4"])
    }

    @Test("lets go of the server behind the last row, although the cursor lives on")
    func letsGo() throws {
        let schema = try PostgresSchema(users)
        let cursor = try PostgresSource(schema.source, model: Model(table: "users")).open()
        var batch = RecordBatch(columns: cursor.columns)
        while try cursor.read(into: &batch, limit: 2) {}
        try schema.execute("SET lock_timeout TO '20s'; DROP TABLE users")
        #expect(try cursor.read(into: &batch, limit: 2) == false)
    }

    @Test("calculates fields over the server's values")
    func calculated() throws {
        let schema = try PostgresSchema(users)
        let model = Model(
            table: "users", columns: [.init("twice", .number)], calculated: [.init("twice", "spent * 2")])
        #expect(try read(schema, model).rows.map { $0[3] } == ["20.0", "40.0", nil])
    }
}

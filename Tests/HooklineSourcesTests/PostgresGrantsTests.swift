import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("The rights of a source's user")
struct PostgresGrantsTests {
    @Test(
        "are asked for each table that a query names",
        arguments: [
            ("SELECT * FROM users", ["users"]), ("select a from \"Sales\".\"Or\"\"ders\" o join B on true", ["Sales.Or\"ders", "b"]),
            ("SELECT 1", []), ("SELECT a FROM x, y z, (SELECT 1 FROM w) v WHERE b IN (SELECT c FROM u, t)", ["t", "u", "w", "x", "y"]),
            ("WITH n AS (SELECT * FROM a), m (q) AS MATERIALIZED (SELECT 1 FROM n) SELECT * FROM n JOIN m USING (q)", ["a"]),
            ("SELECT extract(year FROM day), trim(both FROM t), substring(x FROM 2) FROM s.d", ["s.d"]),
            ("SELECT a IS DISTINCT FROM b FROM c", ["c"]), ("SELECT * FROM generate_series(1, 2) g, d", ["d"]),
            ("SELECT 'FROM x' AS \"from\" /* FROM y */ FROM z -- FROM w\n", ["z"]),
            ("SELECT * FROM ONLY a UNION SELECT * FROM b", ["a", "b"]),
            ("SELECT * FROM a LEFT JOIN LATERAL (SELECT * FROM b) c ON true, e ORDER BY f, g", ["a", "b", "e"]),
            ("SELECT * FROM (a JOIN b ON true)", ["a", "b"]), ("SELECT $$ FROM x $$, $q$ FROM y $q$ FROM a.b.c", ["a.b.c"]),
        ])
    func tables(_ sql: String, _ expected: [String]) {
        #expect(QueriedTables.names(in: sql).map { $0.joined(separator: ".") } == expected)
    }

    @Test("are enough to read, and not to write or to read anything else")
    func enough() throws {
        let schema = try PostgresSchema("CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE TABLE c (z int); INSERT INTO a VALUES (1)")
        let role = "r\(schema.name)"
        try schema.execute("CREATE ROLE \(role) LOGIN PASSWORD 'p'")
        var source = schema.source
        source.server?.user = role
        source.server?.password = HiddenText("p")
        let models = [Model(table: "a"), Model(sql: "SELECT y FROM \(schema.name).b")]
        let before = try PostgresExamination.issues(of: source, models: models) { false }
        #expect(before.map(\.code) == ["sources.missing_privilege", "sources.missing_privilege"])
        let grants = try SourceGrants(source, models: models)
        #expect(grants.tables == ["\"\(schema.name)\".\"a\"", "\"\(schema.name)\".\"b\""])
        for statement in grants.statements { try schema.execute(statement) }
        #expect(try PostgresExamination.issues(of: source, models: models) { false }.isEmpty)
        #expect(try RowsRead(PostgresSource(source, model: models[0]).open()).rows == [["1"]])
        #expect(issues { _ = try PostgresSource(source, model: Model(table: "c")).open() }.map(\.code) == ["sources.missing_privilege"])
        try schema.execute(
            "GRANT INSERT ON a TO \(role); ALTER TABLE b ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON b USING (y > 1)")
        let warned = try PostgresExamination.issues(of: source, models: models) { false }
        #expect(warned.map(\.code) == ["source.may_write", "source.row_security"] && warned.allSatisfy { $0.severity == .warning })
        try schema.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
    }

    @Test("are told to be missing where the server is")
    func unreachable() throws {
        let schema = try PostgresSchema()
        var source = schema.source
        source.server?.port = 1
        #expect(try PostgresExamination.issues(of: source, models: [Model(table: "a")]) { false }.map(\.code) == ["sources.unreachable"])
    }
}

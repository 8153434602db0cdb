import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A DuckDB source")
struct DuckDBSourceTests {
    private static let users = """
        CREATE TABLE users AS SELECT * FROM (VALUES (1, 'ada@example.com', 10.00), (2, 'bob@example.com', 20.00), (3, NULL, NULL)) t (id, email, spent);
        COPY users TO 'users.parquet'; COPY users TO 'users.csv' (HEADER); COPY users TO 'users.jsonl' (FORMAT json)
        """

    @Test("reads Parquet, CSV, and JSON files, and its own databases, in their order")
    func formats() throws {
        let folder = try DuckDBFolder(Self.users)
        try DuckDBCommand.run(
            "CREATE TABLE users AS FROM 'users.parquet'; CREATE SCHEMA crm; CREATE VIEW crm.\"All\" AS FROM users", in: folder.path,
            database: "shop.duckdb")
        let source = try folder.source(
            ["p": "users.parquet", "c": "users.csv", "j": "users.jsonl"], database: "shop.duckdb")
        let expected = [["1", "ada@example.com", "10"], ["2", "bob@example.com", "20"], ["3", nil, nil]]
        for table in ["p", "c", "j", "P", "users", "USERS", "crm.All", "crm.all"] {
            #expect(
                try folder.read(source, Model(table: table)).rows.map { [$0[0], $0[1], $0[2]?.prefix(2).description] } == expected,
                "\(table)")
        }
        let query =
            "-- the newest first; as they are\nSELECT p.id, 'a;b' AS t FROM p JOIN c USING (id) /* all; */ ORDER BY id DESC; -- done;\n"
        var model = Model(sql: query)
        #expect(try folder.read(source, model).rows == [["3", "a;b"], ["2", "a;b"], ["1", "a;b"]])
        model.used = ["id"]
        #expect(try folder.read(source, model).rows == [["3"], ["2"], ["1"]])
        #expect(try folder.read(source, Model(sql: "FROM users ORDER BY id")).rowsRead == 3)
        #expect(try DuckDBTables.names(in: source) { false } == ["c", "j", "p", "crm.All", "users"])
    }

    @Test("joins and adds up two CSV files without any set-up")
    func join() throws {
        let folder = try DuckDBFolder()
        try folder.write("id;email\n1;ada@example.com\n2;bob@example.com\n", "users.csv")
        try folder.write("user,amount\n1,0.10\n1,0.20\n2,5\n", "orders/1.csv")
        try folder.write("user,amount\n2,7.5\n", "orders/2.csv")
        let source = try folder.source(["users": "users.csv", "orders": "orders/*.csv"])
        let model = Model(
            sql:
                "SELECT u.id, u.email, sum(o.amount) AS spent, count(*) AS orders FROM users u JOIN orders o ON o.user = u.id GROUP BY ALL ORDER BY id"
        )
        let read = try folder.read(source, model)
        #expect(read.rows == [["1", "ada@example.com", "0.30", "2"], ["2", "bob@example.com", "12.50", "2"]])
        #expect(read.columns.map(\.type) == [.integer, .text, .decimal, .integer])
    }

    @Test("reads all files that match a pattern, in the order of their names, and no other")
    func patterns() throws {
        let folder = try DuckDBFolder()
        for name in ["b.csv", "a.csv", "c.txt", ".h.csv", "deep/d.csv", "deep/er/e.csv", "x[1].csv", "x1.csv", "q'\n\".csv", "z*.csv"] {
            try folder.write("id\n\"\(name.replacing("\"", with: "\"\""))\"\n", name)
        }
        func ids(_ pattern: String) throws -> [String?] {
            try folder.read(folder.source(["t": pattern]), Model(table: "t")).rows.map { $0[0] }
        }
        #expect(try ids("[ab].csv") == ["a.csv", "b.csv"])
        #expect(try ids("?.csv") == ["a.csv", "b.csv"])
        #expect(try ids("**/[de].csv") == ["deep/d.csv", "deep/er/e.csv"])
        #expect(try ids("x[1].csv") == ["x[1].csv"])
        #expect(try ids("z*.csv") == ["z*.csv"])
        #expect(try ids("q*.csv") == ["q'\n\".csv"])
        #expect(try ids("x*") == ["x1.csv", "x[1].csv"])
        #expect(sourceError { _ = try ids("y*.csv") }?.code == .noFiles)
        #expect(sourceError { _ = try ids("[ac].*") } == nil)
        #expect(sourceError { _ = try ids("deep") }?.code == .wrongFormat)
    }

    @Test("takes columns of several files by their names, and refuses a file that lacks one")
    func schemas() throws {
        let folder = try DuckDBFolder(
            "COPY (SELECT 1 AS id, 'a' AS e) TO 'p1.parquet'; COPY (SELECT 'b' AS e, 2 AS id) TO 'p2.parquet'; COPY (SELECT 3 AS id) TO 'p3.parquet'"
        )
        try folder.write("id,e\n1,a\n", "c1.csv")
        try folder.write("e,id\nb,2\n", "c2.csv")
        try folder.write("id\n3\n", "c3.csv")
        for kind in ["parquet", "csv"] {
            let two = try folder.source(["t": "\(kind.prefix(1))[12].\(kind)"])
            #expect(try folder.read(two, Model(table: "t")).rows == [["1", "a"], ["2", "b"]])
            let three = try folder.source(["t": "\(kind.prefix(1))*.\(kind)"])
            let error = sourceError { _ = try folder.read(three, Model(table: "t")) }
            #expect(error != nil && error?.explanation.contains("3.\(kind)") == true, "\(String(describing: error))")
        }
    }

    @Test("keeps what is in CSV files: zeros in front, digits of large numbers, the NO of Norway, and days that may be months")
    func guesses() throws {
        let folder = try DuckDBFolder()
        let plain = (1...30_000).map { "\($0),\($0),NO,01/02/2026,2026-01-02 10:00:00,\($0),1.10,true,1e3,x\n" }.joined()
        try folder.write(
            "id,zip,country,day,moment,big,price,active,size,name\n" + plain
                + "30001,007,no,03/04/2026,2026-01-03 10:00:00,12345678901234567890,2.5,FALSE,2.5,\"say \"\"hi\"\"\"\n#30002,8,,,,,,,,\n",
            "t.csv")
        let source = try folder.source(["t": "t.csv"])
        let read = try folder.read(source, Model(sql: "SELECT * FROM t WHERE id IN ('30000', '30001', '#30002')"))
        #expect(
            read.columns.map(\.type) == [.text, .text, .text, .text, .timestamp, .decimal, .decimal, .boolean, .number, .text])
        #expect(
            read.rows == [
                ["30000", "30000", "NO", "01/02/2026", "1767348000", "30000", "1.10", "1", "1000.0", "x"],
                ["30001", "007", "no", "03/04/2026", "1767434400", "12345678901234567890", "2.50", "0", "2.5", "say \"hi\""],
                ["#30002", "8", nil, nil, nil, nil, nil, nil, nil, nil],
            ])
    }

    @Test(
        "takes every name as a name, whatever is in it",
        arguments: [
            "a\"b", "x\"; DROP TABLE users; --", "'; DROP TABLE users; --", "semi;colon", "back\\slash", "ünï🙂", "SELECT", "$1", "%s",
            "two\n.shell touch hacked\nlines", "\\'; .quit",
        ])
    func injection(_ name: String) throws {
        let quoted = PostgresSchema.quoted(name)
        let folder = try DuckDBFolder()
        try DuckDBCommand.run(
            "CREATE TABLE users (id INT); CREATE TABLE \(quoted) (\(quoted) VARCHAR, other INT); INSERT INTO \(quoted) VALUES (\(PostgresSchema.literal(name)), 1)",
            in: folder.path, database: "shop.duckdb")
        let source = try folder.source(database: "shop.duckdb")
        var model = Model(table: name)
        model.used = [name]
        #expect(try folder.read(source, model).rows == [[name]])
        model.table = nil
        model.sql = "SELECT * FROM \(quoted)"
        #expect(try folder.read(source, model).columns.map(\.name) == [name])
        #expect(issues { _ = try folder.read(source, Model(table: name + " x")) }.map(\.code) == ["sources.unknown_table"])
        try folder.write("\(quoted),b\n1,2\n", "t.csv")
        #expect(try folder.read(folder.source(["t": "t.csv"]), Model(table: "t")).columns.map(\.name) == [name, "b"])
        #expect(try folder.read(source, Model(table: "users")).rowsRead == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/hacked"))
    }

    @Test(
        "refuses what is not one query, and everything that would change something",
        arguments: [
            "", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE users", "DELETE FROM users", "DELETE FROM users RETURNING id", "COMMIT",
            "COPY users TO 'hacked.csv'", "SHOW TABLES", "EXPLAIN SELECT 1", "DESCRIBE users", "SET threads = 4", "PRAGMA version",
            "INSTALL httpfs", "LOAD httpfs", "ATTACH 'hacked.db'", "CALL pragma_version()", ".shell touch hacked", "\n.shell touch hacked",
            "SELECT 1\n.shell touch hacked\n", "SELECT 1) TO 'hacked.csv'; SELECT (2", "SELECT 1'); SELECT ('2", "SELECT $1::INT AS a",
            "SELECT ? AS a", "SELECT emial FROM users", "SELECT FROM FROM", "SELECT * FROM usrs", "CREATE TABLE t AS SELECT 1",
            "EXPORT DATABASE 'x'",
            "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "SELECT content FROM read_text('/proc/self/environ')",
            "SELECT * FROM glob('/*')", "SELECT getenv('HOME') AS h", "SELECT * FROM read_parquet('https://example.com/x.parquet')",
            "SELECT * FROM query('DROP TABLE users')", "SELECT * FROM sqlite_scan('x.db', 't')",
        ])
    func refused(_ sql: String) throws {
        let folder = try DuckDBFolder()
        try DuckDBCommand.run("CREATE TABLE users AS SELECT 1 AS id", in: folder.path, database: "shop.duckdb")
        let source = try folder.source(database: "shop.duckdb")
        let found = issues { _ = try folder.read(source, Model(sql: sql)) }
        #expect(found.map(\.code) == ["sources.bad_sql"], "\(found)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["shop.duckdb"])
        #expect(try folder.read(source, Model(table: "users")).rows == [["1"]])
    }

    @Test("cannot open other files, even if DuckDB would, where the system has a jail")
    func jail() throws {
        #if os(Linux)
            let folder = try DuckDBFolder()
            try folder.write("id\n1\n", "mine.csv")
            try folder.write("id\n2\n", "other.csv")
            let scratch = try ScratchFolder(source: "lake")
            func rows(_ statement: String) throws -> String {
                let process = try DuckDBProcess(
                    program: DuckDBCommand.path, script: statement + "\n", readable: ["\(folder.path)/mine.csv"], folder: scratch,
                    timeout: nil
                ) { false }
                let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4_096)
                defer { buffer.deallocate() }
                var text = ""
                while case let count = try process.read(into: buffer), count > 0 {
                    text += String(decoding: buffer[..<count], as: UTF8.self)
                }
                return text
            }
            #expect(try rows("COPY (SELECT id FROM '\(folder.path)/mine.csv') TO '/dev/stdout' (FORMAT csv, HEADER false);") == "1\n")
            for statement in [
                "SELECT * FROM '\(folder.path)/other.csv';", "SELECT * FROM read_text('/etc/passwd');", ".read \(folder.path)/other.csv",
                "COPY (SELECT 1) TO '\(folder.path)/hacked.csv';",
            ] {
                #expect(throws: DuckDBFault.self, "\(statement)") { _ = try rows(statement) }
            }
            _ = try? rows(".shell touch \(folder.path)/hacked")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["mine.csv", "other.csv"])
        #endif
    }

    @Test("has one table of each name")
    func twins() throws {
        let folder = try DuckDBFolder(Self.users)
        try DuckDBCommand.run("CREATE TABLE users AS SELECT 1 AS id", in: folder.path, database: "shop.duckdb")
        let source = try folder.source(["Users": "users.csv"], database: "shop.duckdb")
        for model in [Model(table: "users"), Model(sql: "SELECT * FROM users")] {
            #expect(issues { _ = try folder.read(source, model) }.map(\.code) == ["sources.bad_model"])
        }
        #expect(issues { _ = try folder.read(source, Model()) }.map(\.code) == ["sources.bad_model"])
    }

    @Test("calculates fields over DuckDB's values, and names the nearest column")
    func calculated() throws {
        let folder = try DuckDBFolder(Self.users)
        let source = try folder.source(["users": "users.parquet"])
        let model = Model(table: "users", columns: [.init("twice", .number)], calculated: [.init("twice", "spent * 2")])
        #expect(try folder.read(source, model).rows.map { $0[3] } == ["20.0", "40.0", nil])
        let found = issues { _ = try folder.read(source, Model(table: "users", primaryKey: "idd")) }
        #expect(found.first?.message.hasSuffix("did you mean 'id'?") == true)
    }
}

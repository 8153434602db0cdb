import HooklineCore
import Testing

@testable import HooklineSources

@Suite("SQLite")
struct SQLiteSourceTests {
    private let users = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY, email TEXT, score REAL, active BOOLEAN, born DATE, seen TIMESTAMP, price DECIMAL(10,2), extra JSON, misc);
        INSERT INTO users VALUES (1, 'ann@example.com', 1.5, 1, '2000-02-29', '2026-03-01T06:00:00Z', 19.99, '{"a":1}', ' x');
        INSERT INTO users VALUES (2, '', 2, 0, NULL, '2026-03-01 06:00', 20, '[1]', 12);
        INSERT INTO users VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        """

    @Test("a table's columns have their declared types, or else the types of their values")
    func table() throws {
        let read = try SampleDatabase(users).read(Model(table: "users", primaryKey: "id"))
        #expect(
            read.columns == [
                Column("id", .integer, origin: .source), Column("email", .text, origin: .source), Column("score", .number, origin: .source),
                Column("active", .boolean, origin: .source), Column("born", .date, origin: .source),
                Column("seen", .timestamp, origin: .source), Column("price", .number, origin: .source),
                Column("extra", .json, origin: .source), Column("misc", .text, origin: .unknown),
            ])
        #expect(read.rows[0] == ["1", "ann@example.com", "1.5", "1", "2000-02-29", "1772344800", "19.99", "{\"a\":1}", "x"])
        #expect(read.rows[1] == ["2", nil, "2.0", "0", nil, "1772344800", "20.0", "[1]", "12"])
        #expect(read.rows[2] == ["3"] + [String?](repeating: nil, count: 8))
        #expect(read.numbers == [1, 2, 3])
    }

    @Test(
        "declared types are recognized by their words",
        arguments: [
            ("INTEGER", .integer), ("bigint", .integer), ("UNSIGNED BIG INT", .integer), ("VARCHAR(20)", .text), ("clob", .text),
            ("DOUBLE PRECISION", .number),
            ("float", .number), ("NUMERIC", .number), ("decimal(10,5)", .number), ("MONEY", .number), ("FLOATING POINT", .number),
            ("bool", .boolean), ("datetime", .timestamp),
            ("TIMESTAMP WITH TIME ZONE", .timestamp),
            ("date", .date), ("JSONB", .json), ("BLOB", nil), ("uuid", nil), ("STRING", nil),
        ] as [(String, ColumnType?)])
    func declaredTypes(_ words: String, _ type: ColumnType?) {
        #expect(SQLiteColumnType.of(words) == type)
    }

    @Test("the model's types win over declared ones")
    func modelTypes() throws {
        let model = Model(table: "users", columns: [.init("id", .text), .init("misc", .text), .init("price", .number)])
        let read = try SampleDatabase(users).read(model)
        #expect(read.rows[0][0] == "1")
        #expect(read.rows[0][6] == "19.99")
        #expect(read.columns[0] == Column("id", .text))
    }

    @Test("a query's rows come in its order and with its names")
    func query() throws {
        let read = try SampleDatabase(users).read(
            sql: "SELECT id AS n, upper(email) AS mail FROM users ORDER BY id DESC -- newest first\n ;  -- done; really")
        #expect(read.columns.map(\.name) == ["n", "mail"])
        #expect(read.rows == [["3", nil], ["2", nil], ["1", "ANN@EXAMPLE.COM"]])
    }

    @Test(
        "queries may begin in several ways",
        arguments: ["WITH a AS (SELECT 1 AS x) SELECT x FROM a", "/* why */ select 1 as x", "-- why\nVALUES (1)", " \n SELECT 1 AS x;;"])
    func beginnings(_ sql: String) throws {
        #expect(try SampleDatabase("").read(sql: sql).rows == [["1.0"]])
    }

    @Test(
        "other SQL is rejected without effect",
        arguments: [
            "", " -- nothing", "SELECT 1; SELECT 2", "DELETE FROM users", "SELECT 1; DELETE FROM users", "PRAGMA table_info(users)",
            "EXPLAIN SELECT 1",
            "INSERT INTO users (id) VALUES (9) RETURNING id", "WITH a AS (SELECT 1) DELETE FROM users", "ATTACH 'other.db' AS other",
            "CREATE TABLE x (y)", "SELECT ?", "SELECT :id",
            "SELECT nme FROM users", "SELEC 1", "SELECT * FROM user",
        ])
    func refused(_ sql: String) throws {
        let database = try SampleDatabase(users)
        let position = SourcePosition(file: "activation.yaml", line: 4, column: 3)
        let found = issues { _ = try database.read(Model(sql: sql, position: position)) }
        #expect(found.map(\.code) == ["sources.bad_sql"])
        #expect(found.first?.position == position)
        #expect(try database.read(sql: "SELECT count(*) FROM users").rows == [["3.0"]])
    }

    @Test("the message quotes SQLite's message")
    func words() throws {
        let found = issues { _ = try SampleDatabase(users).read(sql: "SELECT nme FROM users") }
        #expect(found.first?.message.contains("no such column: nme") == true)
    }

    @Test(
        "the message says where in the query SQLite stopped, and names the nearest table",
        arguments: [
            ("SELECT id,\n  email\nFORM users", "line 3, column 6 (\"users\")"),
            ("SELECT nme FROM users", "line 1, column 8 (\"nme FROM users\")"),
            ("SELECT 'ü', nme FROM users", "line 1, column 13"), ("SELECT * FROM usres", "'users'"),
        ])
    func places(_ sql: String, _ place: String) throws {
        let found = issues { _ = try SampleDatabase(users).read(sql: sql) }
        #expect(found.first?.message.contains(place) == true, "\(found)")
    }

    @Test(
        "a parameter is an error that names it, with advice that check accepts",
        arguments: ["SELECT :min AS x", "SELECT @min AS x", "SELECT ?7 AS x"])
    func parameters(_ sql: String) throws {
        let message = issues { _ = try SampleDatabase(users).read(sql: sql) }.first?.message ?? ""
        #expect(message.contains("'\(sql.split(separator: " ")[1])'") && message.contains("where:"), "\(message)")
    }

    @Test("two columns with the same name are an error")
    func duplicates() throws {
        #expect(issues { _ = try SampleDatabase(users).read(sql: "SELECT id, id FROM users") }.map(\.code) == ["sources.duplicate_column"])
    }

    @Test("an unknown table is an error with the nearest name")
    func unknownTable() throws {
        let database = try SampleDatabase(users + "CREATE VIEW people AS SELECT * FROM users;")
        let found = issues { _ = try database.read(Model(table: "user")) }
        #expect(found.map(\.code) == ["sources.unknown_table"])
        #expect(found.first?.message.hasSuffix("did you mean 'users'?") == true)
        #expect(try database.read(Model(table: "People")).rows.count == 3)
        #expect(issues { _ = try database.read(Model()) }.map(\.code) == ["sources.bad_model"])
    }

    @Test("a table may have any name")
    func tableName() throws {
        #expect(try SampleDatabase("CREATE TABLE \"a \"\"b\"\" ;\" (x)").read(Model(table: "a \"b\" ;")).rows.isEmpty)
    }

    @Test("values that do not fit are an error with their row, are NULL, or drop their row")
    func badValues() throws {
        let database = try SampleDatabase(
            """
            CREATE TABLE t (v INTEGER, w TEXT);
            INSERT INTO t VALUES (1, 'a'), ('x', 'b'), (1.5, 'c'), (x'00', 'd'), (2.0, 'e'), (' 7 ', 'f'), (9e999, 'g');
            """
        )
        let error = try #require(sourceError { _ = try database.read(Model(table: "t")) })
        #expect(error.code == .badValue)
        #expect(error.location.row == 2)
        #expect(error.location.line == nil)
        let nulled = try database.read(Model(table: "t", onBadValue: .null))
        #expect(nulled.rows.map { $0[0] } == ["1", RowsRead.unknown, RowsRead.unknown, RowsRead.unknown, "2", "7", RowsRead.unknown])
        #expect(nulled.valuesNulled == 4)
        let dropped = try database.read(Model(table: "t", onBadValue: .drop))
        #expect(dropped.rows.map { $0[1] } == ["a", "e", "f"])
        #expect(dropped.numbers == [1, 5, 6])
        #expect(dropped.rowsRead == 7)
    }

    @Test("text that is not UTF-8 never fits")
    func encoding() throws {
        let database = try SampleDatabase("CREATE TABLE t (v TEXT); INSERT INTO t VALUES (CAST(x'ff' AS TEXT)), ('é')")
        #expect(sourceError { _ = try database.read(Model(table: "t")) }?.code == .badValue)
    }

    @Test("the rows are those at opening, and writers in WAL mode are not blocked")
    func snapshot() throws {
        let database = try SampleDatabase(users, isWAL: true)
        let cursor = try database.open(Model(table: "users"))
        try database.execute("INSERT INTO users (id) VALUES (4); DELETE FROM users WHERE id = 3")
        #expect(try RowsRead(cursor, limit: 1).rows.map { $0[0] } == ["1", "2", "3"])
        #expect(try database.read(Model(table: "users")).rows.map { $0[0] } == ["1", "2", "4"])
    }

    @Test("the last row releases the snapshot, even if the cursor lives on")
    func letsGo() throws {
        let database = try SampleDatabase(users)
        let cursor = try database.open(Model(table: "users"))
        var batch = RecordBatch(columns: cursor.columns)
        while try cursor.read(into: &batch, limit: 2) {}
        // Without a write-ahead log, a reader blocks writers.
        try database.execute("DELETE FROM users")
        #expect(try cursor.read(into: &batch, limit: 2) == false)
    }

    @Test("a missing file is an error, and is not created")
    func missing() throws {
        let file = TemporaryFile()
        let configuration = SourceConfiguration(name: "shop", kind: .sqlite, path: file.path)
        for _ in 0..<2 {
            #expect(sourceError { _ = try SQLiteSource(configuration, model: Model(table: "t")).open() }?.code == .notFound)
        }
    }

    @Test("folders and other files are not databases; an empty file is one without tables")
    func otherFiles() throws {
        func open(_ path: String) throws {
            _ = try SQLiteSource(SourceConfiguration(name: "shop", kind: .sqlite, path: path), model: Model(table: "t")).open()
        }
        #expect(sourceError { try open("/") }?.code == .notAFile)
        let text = try TemporaryFile(String(repeating: "id,email\n", count: 1_000))
        #expect(sourceError { try open(text.path) }?.code == .notADatabase)
        let empty = try TemporaryFile("")
        #expect(issues { try open(empty.path) }.map(\.code) == ["sources.unknown_table"])
    }

    @Test("a value that is too large is an error before it is built")
    func hugeValue() throws {
        let database = try SampleDatabase("CREATE TABLE users (id INTEGER)")
        let error = #expect(throws: SourceError.self) {
            _ = try database.read(sql: "SELECT hex(zeroblob(100000000)) AS x")
        }
        #expect(error?.code == .recordTooLarge)
    }

    @Test("an endless query ends when its time is up or its task is canceled")
    func endless() async throws {
        let database = try SampleDatabase("CREATE TABLE users (id INTEGER)")
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS c FROM n"
        let model = Model(sql: endless, columns: [.init("c", .integer)])
        let late = try database.open(model)
        late.setCancellationCheck { true }
        for _ in 1...2 {
            #expect(throws: CancellationError.self) {
                var batch = RecordBatch(columns: late.columns)
                _ = try late.read(into: &batch, limit: 10)
            }
        }
        // A column without a type has its values read at opening.
        let source = SQLiteSource(SourceConfiguration(name: "shop", kind: .sqlite, path: database.file.path), model: Model(sql: endless))
        #expect(throws: CancellationError.self) { _ = try source.open { true } }
        let cancelled = try database.open(model)
        let reading = Task.detached {
            var batch = RecordBatch(columns: cancelled.columns)
            return try cancelled.read(into: &batch, limit: 10)
        }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }
}

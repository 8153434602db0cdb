import Foundation
import HooklineCore
import HooklineSources
import Support
import Testing

@Suite("A question to a source")
struct SourceQuestionsTests {
    private func questions(_ source: SourceConfiguration, root: String = "/nowhere", timezone: String = "UTC") -> SourceQuestions {
        SourceQuestions(source, root: root, timezone: timezone)
    }

    /// The sources that answer queries, each with a table `loads` of one moment and one truth.
    private func databases(_ body: (SourceConfiguration, String) throws -> Void) throws {
        let sqlite = try SampleDatabase(
            "CREATE TABLE loads (finished TEXT, done INTEGER); INSERT INTO loads VALUES ('2026-03-01 06:00:00', 1)")
        try body(SourceConfiguration(name: "shop", kind: .sqlite, path: sqlite.file.path), "loads")
        let folder = try DuckDBFolder("COPY (SELECT TIMESTAMP '2026-03-01 06:00:00' AS finished, true AS done) TO 'loads.parquet'")
        try body(folder.source(["loads": "loads.parquet"]), "loads")
        let schema = try PostgresSchema(
            "CREATE TABLE loads (finished timestamp, done boolean); INSERT INTO loads VALUES ('2026-03-01 06:00:00', true)")
        try body(schema.source, "loads")
    }

    @Test("has the same answer from every kind of database")
    func agreement() throws {
        try databases { source, table in
            let paris = questions(source, timezone: "Europe/Paris")
            let utc = questions(source)
            func answer(_ query: String) throws -> SignalValue { try utc.answer(to: query) { false } }
            guard case .time(1_772_344_800, _) = try answer("SELECT max(finished) FROM \(table)") else {
                Issue.record("\(source.kind): \(try answer("SELECT max(finished) FROM \(table)"))")
                return
            }
            guard case .time(1_772_341_200, _) = try paris.answer(to: "SELECT finished FROM \(table)", isCancelled: { false }) else {
                Issue.record("\(source.kind): the zone does not count")
                return
            }
            #expect(try answer("SELECT done FROM \(table)") == .truth(true))
            #expect(try answer("SELECT count(*) FROM \(table)") == .truth(true))
            #expect(try answer("SELECT count(*) * 0 FROM \(table)") == .truth(false))
            #expect(try answer("SELECT count(*) + 6 FROM \(table)") == .other("7"))
            #expect(try answer("SELECT finished FROM \(table) WHERE 1 = 0") == .nothing)
            #expect(try answer("SELECT max(finished) FROM \(table) WHERE 1 = 0") == .nothing)
            #expect(try answer("SELECT NULL FROM \(table)") == .nothing, "\(source.kind)")
            #expect(try answer("SELECT 'half' FROM \(table)") == .other("half"))
        }
    }

    @Test("is refused if it has several answers, or changes something")
    func refused() throws {
        try databases { source, table in
            for query in [
                "SELECT finished, done FROM \(table)", "SELECT 1 FROM \(table) UNION ALL SELECT 2", "SELECT nothing FROM \(table)",
            ] {
                #expect(throws: (any Error).self, "\(source.kind): \(query)") { try questions(source).answer(to: query) { false } }
            }
            for query in ["DELETE FROM \(table)", "WITH x AS (SELECT 1) INSERT INTO \(table) SELECT NULL, NULL FROM x"] {
                #expect(throws: (any Error).self, "\(source.kind): \(query)") { try questions(source).answer(to: query) { false } }
            }
        }
    }

    @Test("about a change sees every change of what a query returns, also of a fraction of a second, and nothing else")
    func changes() throws {
        let schema = try PostgresSchema(
            "CREATE TABLE users (id int, at timestamptz); INSERT INTO users VALUES (1, '2026-03-01 06:00:00.100+00')")
        let sqlite = try SampleDatabase("CREATE TABLE users (id INTEGER, at TEXT); INSERT INTO users VALUES (1, '2026-03-01 06:00:00.100')")
        let shop = SourceConfiguration(name: "shop", kind: .sqlite, path: sqlite.file.path)
        for (source, change) in [(schema.source, schema.execute), (shop, sqlite.execute)] {
            func digest(_ query: String = "SELECT max(at), count(*) FROM users") throws -> String? {
                try questions(source).digest(of: .query(query)) { false }
            }
            var seen: Set<String?> = []
            seen.insert(try digest())
            #expect(try seen.contains(digest()))
            for statement in [
                "UPDATE users SET at = '2026-03-01 06:00:00.200'", "INSERT INTO users VALUES (2, NULL)", "UPDATE users SET at = NULL",
                "DELETE FROM users",
            ] {
                try change(statement)
                let now = try digest()
                #expect(seen.insert(now).inserted, "\(source.kind): \(statement)")
            }
            #expect(throws: (any Error).self) { try digest("DELETE FROM users") }
        }
    }

    @Test("about a change sees every change of the files, also one that keeps size and time")
    func changedFiles() throws {
        let folder = try DuckDBFolder()
        try folder.write("id\n1\n", "a/1.csv")
        let lake = try folder.source(["users": "a/*.csv"])
        let file = SourceConfiguration(name: "shop", kind: .csv, path: "\(folder.path)/a/1.csv")
        let database = try SampleDatabase("CREATE TABLE users (id INTEGER)", isWAL: true)
        let sqlite = SourceConfiguration(name: "shop", kind: .sqlite, path: database.file.path)
        func digest(_ source: SourceConfiguration) throws -> String? { try questions(source).digest(of: .files) { false } }
        let before = try [lake, file, sqlite].map(digest)
        #expect(try [lake, file, sqlite].map(digest) == before)
        let time = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate]
        try folder.write("id\n2\n", "a/1.csv")
        try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: file.path)
        try database.execute("INSERT INTO users VALUES (1)")
        let after = try [lake, file, sqlite].map(digest)
        #expect(zip(before, after).allSatisfy { $0 != $1 })
        try folder.write("id\n3\n", "a/2.csv")
        #expect(try digest(lake) != after[0])
        #expect(try digest(file) == after[1])
    }

    @Test("is when a file was written")
    func files() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("id\n1\n".utf8, "users.csv")
        let source = SourceConfiguration(name: "shop", kind: .csv, path: path)
        let questions = questions(source, root: folder.path)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        #expect(try questions.modificationOfSource() == 1_000)
        #expect(try questions.modification(of: "users.csv") == 1_000)
        #expect(try questions.modification(of: path) == 1_000)
        #expect(try questions.modification(of: "done") == nil)
        #expect(throws: SourceError.self) { try questions.modification(of: ".") }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: SourceError.self) { try questions.modificationOfSource() }
        let database = SourceConfiguration(name: "shop", kind: .sqlite, path: path)
        #expect(try SourceQuestions(database, root: folder.path, timezone: "UTC").modificationOfSource() == nil)
    }
}

import CodedErrors
import Foundation
import HooklineCore
import PostgreSQL
import Support
import Testing

@testable import HooklineSources

@Suite("A PostgreSQL server that fails")
struct PostgresFailureTests {
    private func failure(_ source: SourceConfiguration, _ model: Model = Model(sql: "SELECT 1 AS v")) -> SourceError? {
        let error = sourceError { _ = try RowsRead(PostgresSource(source, model: model).open()) }
        let told = error?.description ?? ""
        for secret in [PostgresCluster.password, "hunter2"] { #expect(!told.contains(secret)) }
        return error
    }

    private func changed(_ source: SourceConfiguration, _ change: (inout DatabaseServer) -> Void) -> SourceConfiguration {
        var source = source
        var server = source.server ?? DatabaseServer()
        change(&server)
        source.server = server
        return source
    }

    @Test("says whether nobody answers, the password is wrong, or the database is missing, and never shows a password")
    func connecting() throws {
        let schema = try PostgresSchema()
        let source = schema.source
        #expect(failure(changed(source) { $0.port = 1 })?.code == .unreachable)
        #expect(failure(changed(source) { $0.host = "no-such-host.invalid" })?.code == .unreachable)
        #expect(failure(changed(source) { $0.host = "/nowhere" })?.code == .unreachable)
        let wrong = failure(changed(source) { $0.password = HiddenText("hunter2") })
        #expect(wrong?.code == .loginRefused, "\(String(describing: wrong))")
        #expect(failure(changed(source) { $0.user = "nobody at all" })?.code == .loginRefused)
        let missing = failure(changed(source) { $0.database = "shpo" })
        #expect(missing?.code == .unknownDatabase && missing?.message.contains("shpo") == true)
    }

    @Test("is not connected to without the right to")
    func noRight() throws {
        let schema = try PostgresSchema()
        try schema.execute("CREATE DATABASE d\(schema.name)")
        try schema.execute("REVOKE CONNECT ON DATABASE d\(schema.name) FROM PUBLIC")
        let error = failure(changed(schema.source) { ($0.database, $0.schema) = ("d\(schema.name)", nil) })
        #expect(error?.code == .missingPrivilege && error?.message.contains("GRANT CONNECT ON DATABASE \"d\(schema.name)\"") == true)
        try schema.execute("DROP DATABASE d\(schema.name)")
        try schema.execute("CREATE TABLE t (a int); REVOKE USAGE ON SCHEMA \(schema.name) FROM reader")
        let found = issues {
            _ = try PostgresSource(changed(schema.source) { $0.schema = nil }, model: Model(table: "\(schema.name).t")).open()
        }
        #expect(found.map(\.code) == ["sources.missing_privilege"])
        #expect(found.first?.message.contains("GRANT USAGE ON SCHEMA \"\(schema.name)\" TO \"reader\"") == true)
    }

    @Test("proves who it is, if the source asks")
    func encryption() throws {
        let schema = try PostgresSchema()
        let query = Model(sql: "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        for (host, encryption) in [("localhost", DatabaseServer.Encryption.verifyFull), ("127.0.0.1", .verifyCA), ("localhost", .require)] {
            let source = changed(schema.source) {
                ($0.host, $0.encryption, $0.rootCertificates) = (host, encryption, "\(schema.cluster.folder)/ca.crt")
            }
            #expect(try RowsRead(PostgresSource(source, model: query).open()).rows == [["1"]])
        }
        // The system does not know who signed the certificate of these tests.
        #expect(failure(changed(schema.source) { $0.encryption = .verifyFull })?.code == .encryptionFailed)
        let other = changed(schema.source) {
            ($0.host, $0.encryption, $0.rootCertificates) = ("127.0.0.2", .verifyFull, "\(schema.cluster.folder)/ca.crt")
        }
        #expect([.encryptionFailed, .unreachable].contains(failure(other)?.code))
        let plain = changed(schema.source) { $0.encryption = .disable }
        #expect(try RowsRead(PostgresSource(plain, model: query).open()).rows == [["0"]])
    }

    @Test("is asked for a proof by default, unless it is on this machine")
    func defaultEncryption() throws {
        var source = SourceConfiguration(name: "shop", kind: .postgres)
        source.server = DatabaseServer()
        source.server?.database = "d"
        source.server?.user = "u"
        let modes = [
            "db.example.com": "verify-full", "10.0.0.1": "verify-full", "localhost": "prefer", "127.0.0.1": "prefer", "/run": "prefer",
        ]
        for (host, mode) in modes {
            source.server?.host = host
            #expect(try PostgresSettings(source).connection["sslmode"] == mode)
        }
        source.kind = .redshift
        #expect(try PostgresSettings(source).connection["port"] == "5439")
    }

    @Test("is named by a URL, and what is not one is refused without showing it")
    func urls() throws {
        let schema = try PostgresSchema()
        let password = PostgresCluster.password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let place = "127.0.0.1:\(schema.cluster.port)/shop"
        var source = schema.source
        source.server = DatabaseServer()
        source.server?.url = HiddenText("postgresql://reader:\(password)@\(place)?sslmode=disable&connect_timeout=7")
        #expect(try RowsRead(PostgresSource(source, model: Model(sql: "SELECT 1 AS v")).open()).rows == [["1"]])
        #expect(try PostgresSettings(source).connectTimeout == 7)
        for url in [
            "hunter2", "postgres://u:hunter2@db", "postgres://u:hunter2@db:port/x", "mysql://u:hunter2@db/x", "postgres://db/x",
            "postgres://u:hunter2@db/x?schema=public", "postgres://u:hunter2@/x", "postgres://u:hunter2@db/x?service=s",
        ] {
            source.server?.url = HiddenText(url)
            #expect(failure(source)?.code == .badConnection, "\(url)")
        }
    }

    @Test("in the middle of its rows is an error, each time, and shows nobody's data")
    func middle() throws {
        let schema = try PostgresSchema()
        let divided = failure(schema.source, Model(sql: "SELECT 10 / (5 - g) AS v FROM generate_series(1, 10) g"))
        #expect(divided?.code == .queryFailed && divided?.location.row == 5 && divided?.message.contains("division by zero") == true)
        let cast = failure(schema.source, Model(sql: "SELECT ('ada@example.com' || g)::int AS v FROM generate_series(1, 3) g"))
        #expect(cast?.code == .queryFailed && cast?.message.contains("ada") == false)
    }

    @Test("stops a query that takes longer than the source allows")
    func timeout() throws {
        let schema = try PostgresSchema()
        let source = changed(schema.source) { $0.statementTimeout = 1_000 }
        #expect(failure(source, Model(sql: "SELECT 1 AS v FROM pg_sleep(60)"))?.code == .queryTimedOut)
    }

    @Test("whose connection ends before the last row never looks like a source with fewer rows")
    func lost() throws {
        let schema = try PostgresSchema()
        let query = "SELECT g AS v, repeat('x', 200) AS t, '\(schema.name)' AS s FROM generate_series(1, 1000000) g"
        let cursor = try PostgresSource(schema.source, model: Model(sql: query)).open()
        var batch = RecordBatch(columns: cursor.columns)
        #expect(try cursor.read(into: &batch, limit: 100))
        _ = try schema.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader' AND query LIKE '%\(schema.name)%'")
        for _ in 1...2 {
            let error = sourceError { while try cursor.read(into: &batch, limit: 1_000) {} }
            #expect(error?.code == .connectionLost)
        }
        #expect(cursor.rowsRead < 1_000_000)
    }

    @Test("is let go of at once when the work is canceled, and stops the query")
    func cancel() async throws {
        let schema = try PostgresSchema()
        let endless = Model(sql: "SELECT count(*) AS v, '\(schema.name)' AS s FROM (SELECT generate_series(1, 1000000000000)) g")
        let cursor = try PostgresSource(schema.source, model: endless).open()
        cursor.setCancellationCheck { true }
        var batch = RecordBatch(columns: cursor.columns)
        for _ in 1...2 {
            #expect(throws: CancellationError.self) { _ = try cursor.read(into: &batch, limit: 10) }
        }
        #expect(throws: CancellationError.self) { _ = try PostgresSource(schema.source, model: endless).open { true } }
        let running = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND query LIKE '%\(schema.name)%'"
        while try schema.rows(running) != [["0"]] { await Task.yield() }
    }

    @Test("is told to stop when nobody reads on")
    func abandoned() async throws {
        let schema = try PostgresSchema()
        do {
            let query = "SELECT generate_series(1, 1000000000) AS v, '\(schema.name)' AS s"
            let cursor = try PostgresSource(schema.source, model: Model(sql: query)).open()
            var batch = RecordBatch(columns: cursor.columns)
            #expect(try cursor.read(into: &batch, limit: 1))
        }
        let running = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND query LIKE '%\(schema.name)%'"
        while try schema.rows(running) != [["0"]] { await Task.yield() }
    }
}

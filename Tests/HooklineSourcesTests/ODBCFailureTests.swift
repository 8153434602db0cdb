import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("An ODBC source in trouble")
struct ODBCFailureTests {
    private func changed(_ schema: PostgresSchema, _ change: (inout ODBCSettings) -> Void) throws -> SourceConfiguration {
        var source = try schema.odbcSource
        var settings = source.odbc ?? ODBCSettings()
        change(&settings)
        source.odbc = settings
        return source
    }

    private func error(_ source: SourceConfiguration, _ sql: String = "SELECT 1 AS a") -> SourceError? {
        sourceError { _ = try RowsRead(ODBCSource(source, model: Model(sql: sql)).open()) }
    }

    @Test("says why it does not connect, without the password")
    func connecting() throws {
        let schema = try PostgresSchema()
        let cases: [(SourceError.Code, (inout ODBCSettings) -> Void)] = [
            (.driverMissing, { $0.driver = "No Such Driver" }), (.driverMissing, { $0.driver = "/no/such.so" }),
            (.driverMissing, { ($0.driver, $0.dsn) = (nil, "NoSuchSource") }),
            (.loginRefused, { $0.password = HiddenText("wrong-secret") }),
            (.unreachable, { $0.options[1].value = "1" }), (.badConnection, { $0.options.append(.init("uid", "x")) }),
            (.badConnection, { ($0.driver, $0.url) = (nil, HiddenText("Server=x;PWD=wrong-secret")) }),
            (.badConnection, { $0.driver = "a};PWD=x" }),
        ]
        for (code, change) in cases {
            let found = error(try changed(schema, change))
            #expect(found?.code == code, "\(String(describing: found))")
            for secret in [PostgresCluster.password, "wrong-secret"] { #expect(found?.message.contains(secret) != true) }
        }
    }

    @Test("takes the whole connection string instead of its parts, and hides it")
    func url() throws {
        let schema = try PostgresSchema("CREATE TABLE t (a int); INSERT INTO t VALUES (7)")
        let port = schema.cluster.port
        let source = try changed(schema) { settings in
            let driver = settings.driver ?? ""
            settings = ODBCSettings()
            settings.reader = BuiltProgram.path("jail-program")
            settings.schema = schema.name
            settings.url = HiddenText(
                "Driver={\(driver)};Server=127.0.0.1;Port=\(port);Database=shop;UID=reader;PWD={\(PostgresCluster.password)};SSLmode=prefer"
            )
        }
        #expect(try RowsRead(ODBCSource(source, model: Model(table: "t")).open()).rows == [["7"]])
        #expect(!ODBCConnectionText.identity(of: source).contains(PostgresCluster.password))
        #expect(ODBCConnectionText.identity(of: source).contains("Port=\(port)"))
        #expect(!"\(source)".contains(PostgresCluster.password))
    }

    @Test("gives no short segment when the query fails in the middle, and shows nobody's data")
    func middle() throws {
        let schema = try PostgresSchema()
        let found = error(
            try schema.odbcSource,
            "SELECT CASE WHEN n < 30000 THEN n ELSE ('ada@example.com' || n)::int END AS a FROM generate_series(1, 40000) n")
        #expect(found?.code == .queryFailed && found?.location.row ?? 0 > 1, "\(String(describing: found))")
        #expect(found?.message.contains("ada@") == false)
    }

    @Test("gives no short segment when the server ends the connection, or somebody kills the reader", arguments: ["server", "reader"])
    func killed(_ victim: String) throws {
        let schema = try PostgresSchema()
        let sql = "SELECT n, pg_catalog.pg_backend_pid() AS server FROM generate_series(1, 3000000) n"
        let (rows, _) = try ODBCSource(schema.odbcSource, model: Model(sql: sql)).rows { false }
        for _ in 0..<10 { #expect(try rows.step()) }
        if victim == "server" {
            let bytes = try #require(try rows.cell(at: 1).bytes)
            #expect(try schema.rows("SELECT pg_terminate_backend(\(String(decoding: bytes, as: UTF8.self)))") == [["t"]])
        } else {
            #expect(Foundation.kill(rows.reader, SIGKILL) == 0)
        }
        let found = sourceError { while try rows.step() {} }
        #expect(found.map { [.connectionLost, .queryFailed, .readerEnded].contains($0.code) } == true, "\(String(describing: found))")
    }

    @Test("is stopped when it is cancelled, and by its own limit, and its reader is gone")
    func stopped() throws {
        let schema = try PostgresSchema()
        let endless = "SELECT count(*) AS n FROM generate_series(1, 1000000000000) n"
        let source = try changed(schema) { $0.statementTimeout = 1_000 }
        #expect(error(source, endless)?.code == .queryTimedOut)
        let (rows, _) = try ODBCSource(schema.odbcSource, model: Model(sql: endless)).rows { false }
        let reader = rows.reader
        rows.setCancellationCheck { true }
        #expect(throws: CancellationError.self) { try rows.step() }
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("shows no password and no query in the list of processes")
    func hidden() throws {
        #if os(Linux)
            let schema = try PostgresSchema()
            let (rows, _) = try ODBCSource(schema.odbcSource, model: Model(sql: "SELECT n FROM generate_series(1, 3000000) n")).rows {
                false
            }
            #expect(try rows.step())
            let seen = try ["cmdline", "environ"].map { try String(contentsOfFile: "/proc/\(rows.reader)/\($0)", encoding: .utf8) }.joined()
            #expect(seen.hasPrefix("hookline\0odbc-reader\0"))
            #expect(!seen.contains(PostgresCluster.password) && !seen.contains("SELECT") && !seen.contains("127.0.0.1"))
        #endif
    }

    @Test("a value that is larger than 128 MB is an error")
    func tooLarge() throws {
        #expect(error(try PostgresSchema().odbcSource, "SELECT repeat('x', 135000000) AS v")?.code == .recordTooLarge)
    }

    @Test(
        "values between braces arrive as they are, and settings end where they end",
        arguments: ["a;b", "{x}", "}", "a=b;PWD=c", "ü", "", " "])
    func quoting(_ value: String) {
        let text = "A=\(ODBCConnectionText.quoted(value));B=1"
        let settings = ODBCConnectionText.settings(in: text)
        #expect(settings.map(\.name) == ["A", "B"] && settings.map(\.value) == [value, "1"])
    }
}

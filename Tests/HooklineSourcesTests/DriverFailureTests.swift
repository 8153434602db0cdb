import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A source with a driver, in trouble")
struct DriverFailureTests {
    private func changed(
        _ schema: PostgresSchema, _ kind: SourceConfiguration.Kind = .odbc, _ change: (inout DriverSettings) -> Void
    ) throws -> SourceConfiguration {
        var source = try schema.source(through: kind)
        var settings = source.driver ?? DriverSettings()
        change(&settings)
        source.driver = settings
        return source
    }

    private func error(_ source: SourceConfiguration, _ sql: String = "SELECT 1 AS a") -> SourceError? {
        sourceError { _ = try RowsRead(DriverSource(source, model: Model(sql: sql)).open()) }
    }

    @Test("of ODBC says why it does not connect, without the password")
    func connecting() throws {
        let schema = try PostgresSchema()
        let cases: [(SourceError.Code, (inout DriverSettings) -> Void)] = [
            (.driverMissing, { $0.driver = "No Such Driver" }), (.driverMissing, { $0.driver = "/no/such.so" }),
            (.driverMissing, { ($0.driver, $0.dsn) = (nil, "NoSuchSource") }),
            (.loginRefused, { $0.password = HiddenText("wrong-secret") }),
            (.unreachable, { $0.options[1].value = "1" }), (.badConnection, { $0.options.append(.init("uid", "x")) }),
            (.badConnection, { ($0.driver, $0.url) = (nil, HiddenText("Server=x;PWD=wrong-secret")) }),
            (.badConnection, { $0.driver = "a};PWD=x" }),
        ]
        for (code, change) in cases {
            let found = error(try changed(schema, .odbc, change))
            #expect(found?.code == code, "\(String(describing: found))")
            for secret in [PostgresCluster.password, "wrong-secret"] { #expect(found?.message.contains(secret) != true) }
        }
    }

    @Test("of ADBC says why it does not connect, without the password")
    func connectingADBC() throws {
        let schema = try PostgresSchema()
        let (user, port) = (PostgresCluster.reader, schema.cluster.port)
        let cases: [(SourceError.Code, (inout DriverSettings) -> Void)] = [
            (.driverMissing, { $0.driver = "nosuch" }), (.driverMissing, { $0.driver = "/no/such.so" }),
            (.driverMissing, { $0.driver = "no such; driver" }), (.badConnection, { $0.driver = "a/b.so" }),
            (.driverMissing, { $0.driver = BuiltProgram.library("FakeODBC") }), (.driverMissing, { $0.driver = "/etc/passwd" }),
            (.loginRefused, { $0.url = HiddenText(schema.url(password: "wrong-secret")) }),
            (.unreachable, { $0.url = HiddenText(schema.url(password: "wrong-secret", port: 1)) }),
            // libpq repeats the part of a URL that it does not understand.
            (.unreachable, { $0.url = HiddenText("postgresql://\(user):wrong-secret%4@127.0.0.1:\(port)/shop") }),
            (.unreachable, { $0.url = HiddenText("postgresql://\(user):wrong-secret x@127.0.0.1:\(port)/shop") }),
            (.loginRefused, { $0.url = HiddenText("host=127.0.0.1 port=\(port) user=\(user) password=wrong-secret dbname=shop") }),
            (.badConnection, { $0.options = [.init("uri", "x")] }), (.badConnection, { $0.options = [.init("a", "b\0c")] }),
            (.unreachable, { $0.options = [.init("nonsense", "x")] }),
        ]
        for (code, change) in cases {
            let found = error(try changed(schema, .adbc, change))
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
            settings = DriverSettings()
            settings.reader = BuiltProgram.path("jail-program")
            settings.schema = schema.name
            settings.url = HiddenText(
                "Driver={\(driver)};Server=127.0.0.1;Port=\(port);Database=shop;UID=reader;PWD={\(PostgresCluster.password)};SSLmode=prefer"
            )
        }
        #expect(try RowsRead(DriverSource(source, model: Model(table: "t")).open()).rows == [["7"]])
        #expect(!ODBCConnectionText.identity(of: source).contains(PostgresCluster.password))
        #expect(ODBCConnectionText.identity(of: source).contains("Port=\(port)"))
        #expect(!"\(source)".contains(PostgresCluster.password))
    }

    @Test("gives no short segment when the query fails in the middle, and shows nobody's data", arguments: TestDriver.kinds)
    func middle(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema()
        let found = error(
            try schema.source(through: kind),
            "SELECT CASE WHEN n < 30000 THEN n ELSE ('ada@example.com' || n)::int END AS a FROM generate_series(1, 40000) n")
        #expect(found?.code == .queryFailed && (kind == .adbc || found?.location.row ?? 0 > 1), "\(String(describing: found))")
        #expect(found?.message.contains("ada@") == false)
    }

    @Test(
        "gives no short segment when the server ends the connection, or somebody kills the reader", arguments: ["server", "reader"],
        TestDriver.kinds)
    func killed(_ victim: String, _ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema()
        let sql = "SELECT n, pg_catalog.pg_backend_pid() AS server FROM generate_series(1, 3000000) n"
        let (rows, _) = try DriverSource(schema.source(through: kind), model: Model(sql: sql)).rows { false }
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

    @Test("is stopped when it is cancelled, and by its own limit, and its reader is gone", arguments: TestDriver.kinds)
    func stopped(_ kind: SourceConfiguration.Kind) throws {
        let schema = try PostgresSchema()
        let endless = "SELECT count(*) AS n FROM generate_series(1, 1000000000000) n"
        let source = try changed(schema, kind) { $0.statementTimeout = 1_000 }
        #expect(error(source, endless)?.code == .queryTimedOut)
        let (rows, _) = try DriverSource(schema.source(through: kind), model: Model(sql: endless)).rows { false }
        let reader = rows.reader
        rows.setCancellationCheck { true }
        #expect(throws: CancellationError.self) { try rows.step() }
        #expect(Foundation.kill(reader, 0) != 0)
    }

    @Test("shows no password and no query in the list of processes", arguments: TestDriver.kinds)
    func hidden(_ kind: SourceConfiguration.Kind) throws {
        #if os(Linux)
            let schema = try PostgresSchema()
            let (rows, _) = try DriverSource(schema.source(through: kind), model: Model(sql: "SELECT n FROM generate_series(1, 3000000) n"))
                .rows {
                    false
                }
            #expect(try rows.step())
            let seen = try ["cmdline", "environ"].map { try String(contentsOfFile: "/proc/\(rows.reader)/\($0)", encoding: .utf8) }.joined()
            #expect(seen.hasPrefix("hookline\0\(kind.rawValue)-reader\0"))
            #expect(!seen.contains(PostgresCluster.password) && !seen.contains("SELECT") && !seen.contains("127.0.0.1"))
        #endif
    }

    @Test("a value that is larger than 128 MB is an error", arguments: TestDriver.kinds)
    func tooLarge(_ kind: SourceConfiguration.Kind) throws {
        #expect(error(try PostgresSchema().source(through: kind), "SELECT repeat('x', 135000000) AS v")?.code == .recordTooLarge)
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

import Foundation
import GRDB
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("A driver of ADBC")
struct ADBCDriverTests {
    private func source(_ driver: String, _ change: (inout DriverSettings) -> Void) throws -> SourceConfiguration {
        var settings = DriverSettings()
        settings.driver = driver
        settings.folder = try TestDriver.adbcFolder
        settings.reader = BuiltProgram.path("jail-program")
        change(&settings)
        var source = SourceConfiguration(name: "shop", kind: .adbc)
        source.driver = settings
        return source
    }

    private func error(_ source: SourceConfiguration) -> SourceError? {
        sourceError { _ = try RowsRead(DriverSource(source, model: Model(sql: "SELECT 1 AS a")).open()) }
    }

    @Test("of SQLite reads tables and queries, as texts, because its columns have no types")
    func sqlite() throws {
        let file = TemporaryFile()
        let queue = try DatabaseQueue(path: file.path)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE users (id INTEGER, email TEXT, spent REAL, raw BLOB); CREATE VIEW names AS SELECT email FROM users;
                    INSERT INTO users VALUES (1, 'ada@example.com', 0.1, x'00ff'), (2, 'é🙂', NULL, NULL), (3, '', 1e300, x'')
                    """)
        }
        try queue.close()
        let source = try source("sqlite") { $0.url = HiddenText(file.path) }
        let rows = [["1", "ada@example.com", "0.1", "00ff"], ["2", "é🙂", nil, nil], ["3", nil, "1e+300", nil]]
        #expect(try RowsRead(DriverSource(source, model: Model(table: "users")).open()).rows == rows)
        #expect(try RowsRead(DriverSource(source, model: Model(sql: "SELECT * FROM names")).open()).rows.count == 3)
        #expect(try DriverTables.names(in: source) { false } == ["names", "users"])
        let numbers = Model(sql: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n")
        #expect(try RowsRead(DriverSource(source, model: numbers).open()).rows.map { $0[0] } == (1...20_000).map { "\($0)" })
        #expect(issues { _ = try DriverSource(source, model: Model(table: "user")).open() }.map(\.code) == ["sources.unknown_table"])
        #expect(
            issues { _ = try DriverSource(source, model: Model(sql: "SELECT nope FROM users")).open() }.map(\.code) == ["sources.bad_sql"])
    }

    /// Through a dialect that does not ask for texts, values come in the types of Arrow, as from Snowflake and BigQuery.
    @Test(
        "of PostgreSQL has typed values that are those of libpq",
        arguments: [
            "1::smallint", "(-2147483648)::integer", "9223372036854775807::bigint", "0.1::real", "16777217::real", "0.1::float8 + 0.2",
            "1e300::float8", "123456789012345678901234567890.1234567890", "1.50::numeric(10,4)", "true", "false", "'a b'::text",
            "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", "DATE '2026-02-28'", "DATE '9999-12-31'", "DATE '0001-01-01'",
            "TIMESTAMP '2026-03-01 06:00:00.123456'", "TIMESTAMPTZ '2026-03-01 07:00:00+01'", "TIMESTAMPTZ '1969-12-31 23:59:59.5Z'",
            #"'{"a": [1, null]}'::json"#, #"'{"b":1,"a":2}'::jsonb"#, "ARRAY[1, NULL, 3]", "ARRAY[true, false]",
            #"ARRAY['a "b"', 'NULL', NULL, 'c,d', '\x', '', 'é']"#, "'{}'::text[]", "ARRAY[1.50, 2]", "''::text", "NULL", "NULL::int",
            "NULL::numeric", "NULL::timestamptz", "NULL::text[]", "repeat('é', 1000000)", "TIME '06:00:01.5'",
        ])
    func typed(_ expression: String) throws {
        let schema = try PostgresSchema()
        var source = try schema.source(through: .adbc)
        source.driver?.dialect = .redshift
        let model = Model(sql: "SELECT \(expression) AS v")
        let (adbc, libpq) = try (
            RowsRead(DriverSource(source, model: model).open()), RowsRead(PostgresSource(schema.source, model: model).open())
        )
        #expect(adbc.rows == libpq.rows)
    }

    @Test("of Snowflake and BigQuery is loaded into the reader's jail, and says what is wrong with its options")
    func goDrivers() throws {
        let cases: [(SourceError.Code, String, (inout DriverSettings) -> Void)] = [
            (.unreachable, "account", { $0.driver = "snowflake" }),
            (
                .unreachable, "private key",
                {
                    $0.driver = "snowflake"
                    $0.options = [
                        .init("adbc.snowflake.sql.account", "account"), .init("adbc.snowflake.sql.auth_type", "auth_jwt"),
                        .init("adbc.snowflake.sql.client_option.jwt_private_key", "/no/such.p8"),
                    ]
                }
            ),
            (
                .unreachable, "microfortnights",
                {
                    $0.driver = "snowflake"
                    $0.options = [.init("adbc.snowflake.sql.client_option.max_timestamp_precision", "microfortnights")]
                }
            ),
            (
                .unreachable, "no such file",
                {
                    $0.driver = "bigquery"
                    $0.options = [
                        .init("adbc.bigquery.sql.project_id", "project"),
                        .init("adbc.bigquery.sql.auth_type", "adbc.bigquery.sql.auth_type.json_credential_file"),
                        .init("adbc.bigquery.sql.auth_credentials", "/no/such.json"),
                    ]
                }
            ),
        ]
        for (code, words, change) in cases {
            let found = error(try source("", change))
            #expect(found?.code == code && found?.message.contains(words) == true, "\(String(describing: found))")
        }
    }

    @Test("has the same identity with another password, and another one with another server, user, or option")
    func identity() throws {
        func identity(_ url: String, _ options: [DriverSettings.Option] = []) throws -> String {
            DriverSource.identity(
                of: try source("postgresql") { settings in
                    settings.url = HiddenText(url)
                    settings.options = options
                })
        }
        let one = try identity("postgresql://reader:first@db.example.com:5432/shop")
        #expect(try one == identity("postgresql://reader:second@db.example.com:5432/shop") && !one.contains("first"))
        for url in ["reader:first@account/shop?role=R", "host=db password='fir st' user=u", "host=db token=first", "/data/first"] {
            let other = url.replacing("first", with: "2nd").replacing("fir st", with: "second")
            #expect(try (identity(url) == identity(other)) != url.hasPrefix("/"), "\(url)")
        }
        for other in [
            "//writer:first@db.example.com:5432/shop", "//reader:first@db.example.net:5432/shop", "//reader:first@db.example.com/crm",
        ] {
            #expect(try one != identity("postgresql:" + other))
        }
        #expect(try one != identity("postgresql://reader:first@db.example.com:5432/shop", [.init("a", "b")]))
    }

    @Test("hides each secret of its source, as it is written and as it is meant, and no other word")
    func hiding() {
        var settings = DriverSettings()
        settings.url = HiddenText("postgresql://reader:p%40ss w@db.example.com/shop?sslmode=require")
        settings.secrets = [.init("a", HiddenText("ab")), .init("b", HiddenText("a;b}c"))]
        let words = SecretWords(settings)
        #expect(words.hidden(in: #"token: "p%40ss w", or p@ss w; about ab, cab"#) == #"token: "…", or …; about …, cab"#)
        #expect(words.hidden(in: "PWD={a;b}}c};x") == "PWD=…;x")
        #expect(words.hidden(in: "db.example.com shop reader require") == "db.example.com shop reader require")
    }
}

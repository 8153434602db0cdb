import HooklineCore
import HooklineManifest
import Testing

@Suite("A source that is a server")
struct ServerSourceTests {
    private func loaded(_ source: String) -> Loaded<WorkspaceDocument> {
        MemoryFiles(workspace: "hookline: 1\nsources:\n  crm: { \(source) }\n").load()
    }

    @Test("is named by its parts, and its password by a reference")
    func parts() throws {
        let source = try #require(
            loaded(
                "type: postgres, host: db.example.com, port: 5433, database: shop, user: reader, password: '${env:MAILCHIMP_API_KEY}', sslmode: verify-ca, sslrootcert: certs/ca.pem, connect_timeout: 5, statement_timeout: 90s, schema: sales, null_values: [n/a], timezone: Europe/Paris"
            ).get().workspace.sources["crm"])
        var server = DatabaseServer()
        (server.host, server.port, server.database, server.user) = ("db.example.com", 5_433, "shop", "reader")
        (server.password, server.encryption, server.schema) = (HiddenText("abc-us21"), .verifyCA, "sales")
        (server.rootCertificates, server.connectTimeout, server.statementTimeout) = ("/w/certs/ca.pem", 5, 90_000)
        #expect(source.server == server && source.kind == .postgres && source.nullValues == ["n/a"] && source.timezone == "Europe/Paris")
        #expect(!"\(source)".contains("abc-us21"))
        var dumped = ""
        dump(source, to: &dumped)
        #expect(!dumped.contains("abc-us21"))
    }

    @Test("is named by a URL, which nothing shows")
    func url() throws {
        let source = try #require(loaded("type: redshift, url: '${env:CRM_DATABASE_URL}'").get().workspace.sources["crm"])
        #expect(source.server?.url?.text == "postgres://db/crm" && source.kind == .redshift)
        #expect(!"\(source)".contains("postgres://db/crm"))
    }

    @Test(
        "is refused with a password in the file, with a part missing, and with two addresses",
        arguments: [
            ("type: postgres, host: db, database: d, user: u, password: hunter2", "manifest.literal_secret"),
            ("type: postgres, url: 'postgres://u:hunter2@db/x'", "manifest.literal_secret"),
            ("type: postgres, url: 'host=db password=hunter2'", "manifest.literal_secret"),
            ("type: postgres, host: db, user: u", "manifest.missing_key"),
            ("type: postgres, host: db, database: d", "manifest.missing_key"),
            ("type: postgres, database: d, user: u", "manifest.missing_key"),
            ("type: postgres, url: '${env:CRM_DATABASE_URL}', host: db, database: d, user: u", "manifest.conflicting_keys"),
            ("type: postgres, url: '${env:CRM_DATABASE_URL}', user: u", "manifest.conflicting_keys"),
            ("type: postgres, host: db, database: d, user: u, sslmode: strict", "manifest.wrong_value"),
            ("type: postgres, host: db, database: d, user: u, port: 70000", "manifest.wrong_value"),
            ("type: postgres, host: db, database: d, user: u, statement_timeout: 500ms", "manifest.wrong_value"),
            ("type: postgres, host: db, database: d, user: u, password_env: X", "manifest.unknown_key"),
        ])
    func refused(_ source: String, _ code: String) {
        let loaded = loaded(source)
        #expect(loaded.hasErrors && loaded.issues.contains { $0.code == code && $0.severity == .error }, "\(loaded.issues)")
        #expect(!loaded.issues.contains { $0.message.contains("hunter2") })
    }
}

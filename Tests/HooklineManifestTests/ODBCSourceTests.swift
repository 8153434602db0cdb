import HooklineCore
import HooklineManifest
import Testing

@Suite("An odbc source in a manifest")
struct ODBCSourceTests {
    private func codes(_ keys: String) -> [String] {
        let source = "sources:\n  w: { type: odbc, \(keys) }\n"
        return MemoryFiles(workspace: MemoryFiles.goodWorkspace.replacing("sources:\n", with: source)).load().issues.map(\.code)
    }

    @Test("is a driver with its settings, a data source, or a connection string of the environment")
    func accepted() {
        #expect(codes("driver: D, options: { Server: h, Port: 5432, PRIV_KEY_FILE: /k }, user: u, dialect: snowflake, schema: s") == [])
        #expect(codes("dsn: Warehouse, connect_timeout: 5, statement_timeout: 10m") == [])
    }

    @Test(
        "never has a secret written in it",
        arguments: [
            "driver: D, password: written", "driver: D, secrets: { Token: written }", "url: 'Driver=D;PWD=written'",
            "driver: D, options: { PWD: written }", "driver: D, options: { Auth_Client_Secret: written }",
            "driver: D, options: { AuthToken: '${env:HOME_OF_A_TOKEN}' }", "driver: D, options: { PRIV_KEY_FILE_PWD: written }",
        ])
    func secrets(_ keys: String) {
        #expect(codes(keys).contains("manifest.literal_secret"))
    }

    @Test("has one connection, and names of settings that end where they end")
    func refused() {
        #expect(codes("driver: D, dsn: W") == ["manifest.conflicting_keys"])
        #expect(codes("user: u") == ["manifest.missing_key"])
        #expect(codes("driver: D, options: { 'a;PWD': x }") == ["manifest.bad_name"])
        #expect(codes("driver: D, dialect: oracle") == ["manifest.wrong_value"])
    }
}

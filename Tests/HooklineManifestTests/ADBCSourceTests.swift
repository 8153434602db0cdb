import HooklineCore
import HooklineManifest
import Testing

@Suite("An adbc source in a manifest")
struct ADBCSourceTests {
    private func codes(_ keys: String) -> [String] {
        let source = "sources:\n  w: { type: adbc, \(keys) }\n"
        return MemoryFiles(workspace: MemoryFiles.goodWorkspace.replacing("sources:\n", with: source)).load().issues.map(\.code)
    }

    @Test("is a driver with its options")
    func accepted() {
        #expect(
            codes("driver: snowflake, options: { adbc.snowflake.sql.account: a, adbc.snowflake.sql.role: R }, dialect: snowflake") == [])
        #expect(codes("driver: snowflake, options: { adbc.snowflake.sql.client_option.jwt_private_key: /k.p8 }") == [])
        #expect(codes("driver: bigquery, options: { adbc.bigquery.sql.auth_credentials: /k.json }, schema: crm") == [])
        #expect(codes("driver: /opt/libadbc_driver_postgresql.so, url: \"${env:SHOP_KEY}\", statement_timeout: 10m") == [])
    }

    @Test(
        "never has a secret written in it",
        arguments: [
            "url: postgresql://u:p@h/d", "password: x", "options: { adbc.snowflake.sql.client_option.auth_token: x }",
            "options: { adbc.snowflake.sql.client_option.jwt_private_key_pkcs8_value: x }",
            "options: { adbc.snowflake.sql.client_option.jwt_private_key_pkcs8_password: x }",
            "options: { adbc.bigquery.sql.auth.client_secret: x }", "options: { adbc.bigquery.sql.auth_credentials: '{\"a\": 1}' }",
        ])
    func secrets(_ keys: String) {
        #expect(codes("driver: d, \(keys)").contains("manifest.literal_secret"))
    }

    @Test(
        "has a driver, and one password",
        arguments: ["user: u", "driver: d, url: \"${env:SHOP_KEY}\", password: \"${env:SHOP_KEY}\"", "driver: d, dsn: x"])
    func refused(_ keys: String) {
        #expect(!codes(keys).isEmpty)
    }
}

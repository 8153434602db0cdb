import Foundation
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("The rights of a warehouse's user")
struct DriverGrantsTests {
    private func source(_ dialect: DriverSettings.Dialect?, _ options: [(String, String)]) -> SourceConfiguration {
        var source = SourceConfiguration(name: "warehouse", kind: .odbc)
        var settings = DriverSettings()
        settings.dialect = dialect
        settings.driver = "Any"
        settings.options = options.map { .init($0.0, $0.1) }
        source.driver = settings
        return source
    }

    private let models = [Model(table: "users"), Model(sql: "SELECT * FROM sales.orders o JOIN users u ON true")]

    @Test("on Snowflake belong to a role, and its names are in capitals unless they need quotes")
    func snowflake() throws {
        let source = source(.snowflake, [("Role", "READER"), ("Warehouse", "wh"), ("Database", "shop"), ("Schema", "Main")])
        #expect(
            try SourceGrants(source, models: models).statements == [
                "GRANT USAGE ON WAREHOUSE WH TO ROLE READER;", "GRANT USAGE ON DATABASE SHOP TO ROLE READER;",
                "GRANT USAGE ON SCHEMA SHOP.\"Main\" TO ROLE READER;", "GRANT USAGE ON SCHEMA SHOP.SALES TO ROLE READER;",
                "GRANT SELECT ON TABLE SHOP.\"Main\".USERS TO ROLE READER;", "GRANT SELECT ON TABLE SHOP.SALES.ORDERS TO ROLE READER;",
                "-- For a view, write VIEW instead of TABLE.",
            ])
    }

    @Test("on Databricks cover the catalog, the schema, and the tables")
    func databricks() throws {
        let source = source(.databricks, [("Auth_Client_ID", "app`1")])
        let grants = try SourceGrants(source, models: [Model(sql: "SELECT * FROM `prod`.`crm`.`people`")])
        #expect(
            grants.statements.dropFirst() == [
                "GRANT USE CATALOG ON CATALOG `prod` TO `app``1`;", "GRANT USE SCHEMA ON SCHEMA `prod`.`crm` TO `app``1`;",
                "GRANT SELECT ON TABLE `prod`.`crm`.`people` TO `app``1`;",
            ])
    }

    @Test("on BigQuery are roles on tables, also where one pair of marks is around a name")
    func bigquery() throws {
        let source = source(.bigquery, [("Email", "reader@project.example.com"), ("Catalog", "project")])
        let grants = try SourceGrants(source, models: [Model(sql: "SELECT * FROM `other.crm.people` JOIN `crm.orders` USING (id)")])
        #expect(grants.tables == ["`other`.`crm`.`people`", "`project`.`crm`.`orders`"])
        #expect(
            grants.statements.contains(
                "GRANT `roles/bigquery.dataViewer` ON TABLE `other`.`crm`.`people` TO \"serviceAccount:reader@project.example.com\";"))
    }

    @Test("are known from ADBC's names of options, from the user of a URL, and from whose key a file of Google's is")
    func adbc() throws {
        var warehouse = source(
            nil,
            [
                ("adbc.snowflake.sql.role", "READER"), ("adbc.snowflake.sql.warehouse", "wh"), ("adbc.snowflake.sql.db", "shop"),
                ("adbc.snowflake.sql.schema", "Main"),
            ])
        warehouse.kind = .adbc
        warehouse.driver?.driver = "snowflake"
        let snowflake = try SourceGrants(warehouse, models: [Model(table: "users")])
        #expect(snowflake.user == "READER" && snowflake.tables == ["SHOP.\"Main\".USERS"])
        #expect(snowflake.statements.first == "GRANT USAGE ON WAREHOUSE WH TO ROLE READER;")
        let key = TemporaryFile()
        try Data(#"{"client_email": "reader@project.example.com"}"#.utf8).write(to: URL(fileURLWithPath: key.path))
        warehouse.driver?.driver = "bigquery"
        warehouse.driver?.options = [
            .init("adbc.bigquery.sql.project_id", "project"), .init("adbc.bigquery.sql.dataset_id", "crm"),
            .init("adbc.bigquery.sql.auth_credentials", key.path),
        ]
        let bigquery = try SourceGrants(warehouse, models: [Model(table: "people")])
        #expect(bigquery.user == "reader@project.example.com" && bigquery.tables == ["`project`.`crm`.`people`"])
        warehouse.driver?.driver = "postgresql"
        warehouse.driver?.options = []
        warehouse.driver?.url = HiddenText("postgresql://app:secret@db.example.com/shop")
        let postgres = try SourceGrants(warehouse, models: [Model(table: "people")])
        #expect(postgres.user == "app" && postgres.database == "shop" && !postgres.statements.joined().contains("secret"))
    }

    @Test(
        "are not guessed where the manifest does not say whose they are, or on what kind of server",
        arguments: [nil, DriverSettings.Dialect.snowflake])
    func unknown(_ dialect: DriverSettings.Dialect?) {
        #expect(sourceError { _ = try SourceGrants(source(dialect, []), models: models) }?.code == .badConnection)
    }
}

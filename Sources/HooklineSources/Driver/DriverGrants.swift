import Foundation
import HooklineCore

/// The rights of a source's user, in the words of its server.
enum DriverGrants {
    /// - Throws: `sources.bad_connection` if the manifest does not say which kind of server it is, or whose rights they are.
    static func grants(_ source: SourceConfiguration, models: [Model]) throws -> SourceGrants {
        let settings = source.driver ?? DriverSettings()
        func fault(_ message: String) -> SourceError { SourceError(.badConnection, at: .init(source.name), message) }
        guard let dialect = settings.dialect ?? meant(settings) else {
            let known = DriverSettings.Dialect.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("which statements its server knows is not known; set `dialect` of the source to one of \(known)")
        }
        let options = Options(source, settings)
        let (user, database, schema) = (options.user(dialect), options.database(dialect), options.schema(dialect))
        guard let user else {
            throw fault("whose rights are meant is not known; set \(Options.userNames(dialect)) of the source in hookline.yaml")
        }
        let named: [[String]] = models.flatMap { names(of: $0, dialect) }
        let parts: [[String]] = named.map { name in
            let whole = name.count > 1 ? name : [schema] + name
            return [whole.count > 2 ? whole[whole.count - 3] : database] + whole.suffix(2)
        }
        let tables = Set(parts).sorted { $0.lexicographicallyPrecedes($1) }
        let script = Script(dialect: dialect, user: user, database: database, warehouse: options["warehouse"], tables: tables)
        return SourceGrants(source: source.name, user: user, database: database, tables: script.names, statements: script.statements)
    }

    /// The dialect that the name of the driver means.
    private static func meant(_ settings: DriverSettings) -> DriverSettings.Dialect? {
        guard let driver = settings.driver?.lowercased() else { return nil }
        return driver.contains("psqlodbc") ? .postgres : DriverDialect.named(driver.contains("postgres") ? "postgresql" : driver)
    }

    private static func names(of model: Model, _ dialect: DriverSettings.Dialect) -> [[String]] {
        guard let sql = model.sql else { return PostgresGrants.names(of: model) }
        let hasBackticks = dialect == .bigquery || dialect == .databricks
        let found = QueriedTables.names(in: hasBackticks ? sql.replacing("`", with: "\"") : sql)
        // In BigQuery, one pair of marks may be around all parts of a name.
        return dialect == .bigquery ? found.map { $0.flatMap { $0.split(separator: ".").map(String.init) } } : found
    }

    /// The settings of a connection, by their names in lower case.
    private struct Options {
        private var values: [String: String] = [:]
        private let settings: DriverSettings

        init(_ source: SourceConfiguration, _ settings: DriverSettings) {
            self.settings = settings
            var written = settings.options.map { ($0.name.lowercased(), $0.value) }
            if let url = settings.url?.text, source.kind == .adbc {
                let parts = ADBCConnection.parts(of: url)
                written += [("user", parts.user), ("database", parts.database)]
            } else if let url = settings.url?.text {
                written = ODBCConnectionText.settings(in: url).map { ($0.name.lowercased(), $0.value) } + written
            }
            for (name, value) in written {
                values[name] = value
                // Options of ADBC, such as `adbc.snowflake.sql.role`.
                if let known = Self.adbc[name.split(separator: ".").last.map(String.init) ?? ""] { values[known] = value }
            }
            if let path = values["credentials"], let email = Self.email(ofKey: path) { values["email"] = email }
        }

        private static let adbc = [
            "role": "role", "warehouse": "warehouse", "db": "database", "schema": "schema", "project_id": "database",
            "dataset_id": "schema", "auth_credentials": "credentials",
        ]

        /// Whose key a file of Google's is.
        private static func email(ofKey path: String) -> String? {
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)),
                let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { return nil }
            return object["client_email"] as? String
        }

        subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

        private func first(_ names: [String]) -> String? { names.lazy.compactMap { self[$0] }.first }

        func user(_ dialect: DriverSettings.Dialect) -> String? {
            switch dialect {
            // Snowflake grants to roles.
            case .snowflake: self["role"]
            case .bigquery: self["email"]
            case .databricks: self["auth_client_id"] ?? settings.user.flatMap { $0 == "token" ? nil : $0 }
            case .postgres, .redshift: settings.user ?? first(["uid", "user", "username"])
            }
        }

        static func userNames(_ dialect: DriverSettings.Dialect) -> String {
            switch dialect {
            case .snowflake: "`options: { Role: … }`, or `adbc.snowflake.sql.role`,"
            case .bigquery: "`options: { Email: … }`, or `adbc.bigquery.sql.auth_credentials` to the file of its key,"
            case .databricks: "`options: { Auth_Client_ID: … }`, or `user` if it is not 'token',"
            case .postgres, .redshift: "`user`"
            }
        }

        func database(_ dialect: DriverSettings.Dialect) -> String {
            first(["database", "catalog", "db"]) ?? (dialect == .databricks ? "main" : "")
        }

        func schema(_ dialect: DriverSettings.Dialect) -> String {
            if let schema = settings.schema ?? first(["schema", "defaultdataset"]) { return schema }
            return dialect == .databricks ? "default" : "public"
        }
    }

    /// The statements for tables, each as database, schema, and name.
    private struct Script {
        let dialect: DriverSettings.Dialect
        let user: String
        let database: String
        let warehouse: String?
        let tables: [[String]]

        var names: [String] {
            tables.map { table in
                (dialect == .postgres || dialect == .redshift ? Array(table.suffix(2)) : table).map(quoted).joined(separator: ".")
            }
        }

        var statements: [String] {
            let schemas = Set(tables.map { Array($0.prefix(2)) }).sorted { $0.lexicographicallyPrecedes($1) }
            let databases = Set(tables.map { $0[0] }).sorted()
            let reader = quoted(user)
            switch dialect {
            case .postgres, .redshift:
                let connect =
                    dialect == .postgres && !database.isEmpty ? ["GRANT CONNECT ON DATABASE \(quoted(database)) TO \(reader);"] : []
                let readOnly = dialect == .postgres ? ["ALTER ROLE \(reader) SET default_transaction_read_only TO on;"] : []
                let usage = schemas.map { "GRANT USAGE ON SCHEMA \(quoted($0[1])) TO \(reader);" }
                return connect + usage + names.map { "GRANT SELECT ON \($0) TO \(reader);" } + readOnly
            case .snowflake:
                let warehouses = warehouse.map { ["GRANT USAGE ON WAREHOUSE \(quoted($0)) TO ROLE \(reader);"] }
                let hint = ["-- Name the warehouse in `options`: the role needs USAGE on the warehouse, too."]
                let onDatabases = databases.map { "GRANT USAGE ON DATABASE \(quoted($0)) TO ROLE \(reader);" }
                let onSchemas = schemas.map { "GRANT USAGE ON SCHEMA \($0.map(quoted).joined(separator: ".")) TO ROLE \(reader);" }
                let onTables = names.map { "GRANT SELECT ON TABLE \($0) TO ROLE \(reader);" }
                return (warehouses ?? hint) + onDatabases + onSchemas + onTables + ["-- For a view, write VIEW instead of TABLE."]
            case .databricks:
                let hint = ["-- In the SQL warehouse's permissions, give \(reader) CAN USE."]
                let onCatalogs = databases.map { "GRANT USE CATALOG ON CATALOG \(quoted($0)) TO \(reader);" }
                let onSchemas = schemas.map { "GRANT USE SCHEMA ON SCHEMA \($0.map(quoted).joined(separator: ".")) TO \(reader);" }
                return hint + onCatalogs + onSchemas + names.map { "GRANT SELECT ON TABLE \($0) TO \(reader);" }
            case .bigquery:
                let member = "\"serviceAccount:\(user.replacing("\"", with: ""))\""
                return ["-- In IAM of the project \(quoted(database)), give \(member) the role BigQuery Job User (roles/bigquery.jobUser)."]
                    + names.map { "GRANT `roles/bigquery.dataViewer` ON TABLE \($0) TO \(member);" }
                    + ["-- For a view, write VIEW instead of TABLE."]
            }
        }

        private func quoted(_ name: String) -> String {
            let name = name.filter { !$0.isNewline }
            switch dialect {
            case .databricks, .bigquery: return "`\(name.replacing("`", with: "``"))`"
            case .snowflake:
                // Names without quotes are in capitals there, whatever the query has.
                let isPlain = name.utf8.allSatisfy { $0 | 0x20 &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "_") }
                let isOneCase = name == name.lowercased() || name == name.uppercased()
                return isPlain && isOneCase && !name.isEmpty ? name.uppercased() : SQLText.name(name)
            case .postgres, .redshift: return SQLText.name(name)
            }
        }
    }
}

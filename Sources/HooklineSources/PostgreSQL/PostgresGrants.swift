import HooklineCore

/// The rights of the user of a PostgreSQL or Redshift source.
enum PostgresGrants {
    /// - Throws: `sources.bad_connection`.
    static func grants(_ configuration: SourceConfiguration, models: [Model]) throws -> SourceGrants {
        let settings = try PostgresSettings(configuration)
        let schema = configuration.server?.schema ?? "public"
        let named = Set(models.flatMap(names))
        let parts = named.map { name in name.count > 1 ? Array(name.suffix(2)) : [schema] + name }
        let tables = Set(parts.map { $0.map(SQLText.name).joined(separator: ".") }).sorted()
        let reader = SQLText.name(settings.user)
        let isRedshift = configuration.kind == .redshift
        var statements: [String] = []
        if !isRedshift { statements.append("GRANT CONNECT ON DATABASE \(SQLText.name(settings.database)) TO \(reader);") }
        for schema in Set(parts.map { $0[0] }).sorted() { statements.append("GRANT USAGE ON SCHEMA \(SQLText.name(schema)) TO \(reader);") }
        for table in tables { statements.append("GRANT SELECT ON \(table) TO \(reader);") }
        if !isRedshift { statements.append("ALTER ROLE \(reader) SET default_transaction_read_only TO on;") }
        return SourceGrants(
            source: configuration.name, user: settings.user, database: settings.database, tables: tables, statements: statements)
    }

    /// The names of the tables of a model, as parts between dots.
    static func names(of model: Model) -> [[String]] {
        if let sql = model.sql { return QueriedTables.names(in: sql) }
        return (model.table.map { [$0.split(separator: ".", maxSplits: 1).map(String.init)] } ?? [])
    }
}

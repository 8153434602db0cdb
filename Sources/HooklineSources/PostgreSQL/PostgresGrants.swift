import HooklineCore

/// The statements that give a source's user the right to read what models read, and no other right.
package struct PostgresGrants: Encodable, Sendable {
    package let source: String
    package let user: String
    package let database: String
    /// The tables and views, each with its schema, in quotes.
    package let tables: [String]
    /// One statement each, with its semicolon.
    package let statements: [String]

    /// Needs no connection: whoever may grant is not the user of the source.
    ///
    /// - Parameters:
    ///   - configuration: the source.
    ///   - models: what is read from it.
    /// - Throws: `sources.bad_connection`.
    package init(_ configuration: SourceConfiguration, models: [Model]) throws {
        let settings = try PostgresSettings(configuration)
        source = configuration.name
        (user, database) = (settings.user, settings.database)
        let schema = configuration.server?.schema ?? "public"
        let named = Set(models.flatMap(Self.names))
        let parts = named.map { name in name.count > 1 ? Array(name.suffix(2)) : [schema] + name }
        tables = Set(parts.map { $0.map(SQLText.name).joined(separator: ".") }).sorted()
        let reader = SQLText.name(settings.user)
        let isRedshift = configuration.kind == .redshift
        var statements: [String] = []
        if !isRedshift { statements.append("GRANT CONNECT ON DATABASE \(SQLText.name(settings.database)) TO \(reader);") }
        for schema in Set(parts.map { $0[0] }).sorted() { statements.append("GRANT USAGE ON SCHEMA \(SQLText.name(schema)) TO \(reader);") }
        for table in tables { statements.append("GRANT SELECT ON \(table) TO \(reader);") }
        if !isRedshift { statements.append("ALTER ROLE \(reader) SET default_transaction_read_only TO on;") }
        self.statements = statements
    }

    /// The names of the tables of a model, as parts between dots.
    static func names(of model: Model) -> [[String]] {
        if let sql = model.sql { return QueriedTables.names(in: sql) }
        return (model.table.map { [$0.split(separator: ".", maxSplits: 1).map(String.init)] } ?? [])
    }
}

import HooklineCore

/// The statements that give a source's user the right to read what models read, and no other right.
package struct SourceGrants: Encodable, Sendable {
    package let source: String
    package let user: String
    package let database: String
    /// The tables and views, each with its schema, in quotes.
    package let tables: [String]
    /// One statement each, with its semicolon; some servers also need a comment that says what no statement can do.
    package let statements: [String]

    init(source: String, user: String, database: String, tables: [String], statements: [String]) {
        self.source = source
        self.user = user
        self.database = database
        self.tables = tables
        self.statements = statements
    }

    /// Needs no connection: whoever may grant is not the user of the source.
    ///
    /// - Parameters:
    ///   - configuration: the source.
    ///   - models: what is read from it.
    /// - Throws: `sources.bad_connection`, also for a source with a driver that does not say what the statements need.
    package init(_ configuration: SourceConfiguration, models: [Model]) throws {
        self =
            configuration.kind.hasDriver
            ? try DriverGrants.grants(configuration, models: models) : try PostgresGrants.grants(configuration, models: models)
    }
}

import HooklineCore
import PostgreSQL
import Text

/// A connection of a source, inside one read-only transaction that sees the rows of one moment.
final class PostgresSession {
    let connection: Connection
    let settings: PostgresSettings
    let source: SourceConfiguration

    /// Connects, and begins the transaction.
    ///
    /// Everything is set for the transaction only, so that a connection pool hands on no setting of ours, and by statements, because
    /// poolers refuse most startup parameters.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    init(_ source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws {
        self.source = source
        settings = try PostgresSettings(source)
        do {
            connection = try Connection(settings.connection, seconds: settings.connectTimeout, isCancelled: isCancelled)
        } catch let fault as PostgresFault {
            throw SourceError(connecting: fault, to: settings, of: source)
        }
        try run(source.kind == .redshift ? Self.redshift : Self.postgres)
        if let limit = source.server?.statementTimeout {
            try run("SET \(source.kind == .redshift ? "" : "LOCAL ")statement_timeout TO \(limit)")
        }
        if let schema = source.server?.schema { try use(schema: schema) }
    }

    private static let postgres = """
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
        SET LOCAL default_transaction_read_only TO on; SET LOCAL client_encoding TO 'UTF8'; SET LOCAL TimeZone TO 'UTC';
        SET LOCAL DateStyle TO 'ISO, YMD'; SET LOCAL IntervalStyle TO 'postgres'; SET LOCAL extra_float_digits TO 1;
        SET LOCAL standard_conforming_strings TO on
        """
    /// Redshift knows neither the other settings nor, for all of these, LOCAL; and it has only one isolation level.
    private static let redshift = """
        BEGIN READ ONLY; SET client_encoding TO 'UTF8'; SET timezone TO 'UTC'; SET datestyle TO 'ISO, YMD'; SET extra_float_digits TO 2
        """

    private func use(schema: String) throws {
        let known = try rows("SELECT nspname FROM pg_catalog.pg_namespace ORDER BY nspname").compactMap { $0.first ?? nil }
        guard known.contains(schema) || source.kind == .redshift else {
            throw IssuesFound([
                Issue(
                    SourceError.Code.unknownSchema.rawValue,
                    "the database of the source '\(source.name)' has no schema '\(schema.onOneLine)'\(NearestName.hint(schema, among: known))",
                    at: source.position)
            ])
        }
        try run("SET \(source.kind == .redshift ? "" : "LOCAL ")search_path TO \(SQLText.name(schema))")
    }

    /// Runs statements of ours.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    func run(_ statements: String) throws {
        try translating { try connection.execute(statements) }
    }

    /// The rows of a query of ours.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    func rows(_ query: String, _ values: [String] = []) throws -> [[String?]] {
        try translating { try connection.rows(query, values) }
    }

    /// The rows of a query that the server may refuse, which does not end the transaction; nil if it does.
    ///
    /// - Throws: `SourceError` for a connection that is lost; `CancellationError`.
    func trying(_ query: String, _ values: [String]) throws -> [[String?]]? {
        try run("SAVEPOINT hookline_try")
        do { return try connection.rows(query, values) } catch let fault as PostgresFault {
            guard fault.kind == .statement else { throw SourceError(fault, of: self, row: nil) }
            try run("ROLLBACK TO SAVEPOINT hookline_try")
            return nil
        }
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let fault as PostgresFault { throw SourceError(fault, of: self, row: nil) }
    }
}

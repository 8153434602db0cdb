/// One entry of `sources:` in a workspace: where rows come from.
package struct SourceConfiguration: Equatable, Sendable {
    /// The type of a source, as a manifest names it.
    package enum Kind: String, CaseIterable, Sendable {
        case csv, jsonl, sqlite, duckdb, postgres, redshift, odbc, adbc

        /// Whether it is read as PostgreSQL, from a server.
        package var isPostgreSQL: Bool { self == .postgres || self == .redshift }
        /// Whether a driver reads it, in a process of its own.
        package var hasDriver: Bool { self == .odbc || self == .adbc }
        /// Whether it is a server, or may be one.
        package var isServer: Bool { isPostgreSQL || hasDriver }
        /// Whether it has tables, and answers queries.
        package var isDatabase: Bool { self != .csv && self != .jsonl }
    }

    /// Its name in the workspace.
    package var name: String
    package var kind: Kind
    /// For files: the absolute path; empty for a source of type duckdb without a database.
    package var path: String
    /// For ODBC and ADBC.
    package var driver: DriverSettings?
    /// For DuckDB.
    package var duckdb: DuckDBSettings?
    /// For PostgreSQL and Redshift.
    package var server: DatabaseServer?
    /// For CSV: the byte between fields.
    package var delimiter: UInt8
    /// Texts that mean NULL, such as `NULL` or `n/a`, besides empty text. They are compared byte by byte, after trimming.
    package var nullValues: [String] = []
    /// Whether to trim white space around text.
    package var trims = true
    /// The IANA time zone of times without a zone; nil takes the model's.
    package var timezone: String?
    /// Whether the source evaluates rules itself where it can.
    package var pushesDown = true
    /// How a file's bytes are read.
    package var file = FileFormat()
    /// Where the manifest names it.
    package var position: SourcePosition?

    package init(
        name: String, kind: Kind, path: String = "", delimiter: UInt8 = UInt8(ascii: ","),
        position: SourcePosition? = nil
    ) {
        self.name = name
        self.kind = kind
        self.path = path
        self.delimiter = delimiter
        self.position = position
    }
}

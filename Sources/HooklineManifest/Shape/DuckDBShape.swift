/// The keys of sources that DuckDB reads.
enum DuckDBShape {
    static let source = KeyTable(
        "a duckdb source", type: "duckdb",
        [
            KeyTable.Key("type", .choice(["duckdb"]), "The type of source or destination.", required: true),
            KeyTable.Key("path", .resolved(.path), "A DuckDB database, relative to the workspace, which is only read."),
            KeyTable.Key(
                "tables", .named(.tableName, .oneOrMany(.resolved(.path))),
                "Tables made of Parquet, CSV, or JSON files: a path, or a pattern such as data/*.parquet, or a list of them."),
            KeyTable.Key(
                "memory_limit", .text(.databaseMemory), "The most memory that DuckDB takes; what does not fit goes to a temporary folder.",
                defaultValue: "1GB"),
            KeyTable.Key(
                "threads", .integer(1...64),
                "How many threads DuckDB uses; with more than one, rows without ORDER BY and sums of floating-point numbers may differ from run to run.",
                defaultValue: "1"),
            KeyTable.Key("statement_timeout", .text(.statementTimeout), "The most time that the query may take, such as 10m."),
        ] + [WorkspaceShape.pushDown] + WorkspaceShape.valueKeys)
}

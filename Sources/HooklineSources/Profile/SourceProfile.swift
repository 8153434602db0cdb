import HooklineCore

/// What the columns of a source contain.
package struct SourceProfile: Sendable {
    package let columns: [ColumnProfile]
    /// How many rows were read.
    package let rows: Int
    /// Whether these are all rows.
    package let isWhole: Bool
    /// The delimiter of a CSV file, as a manifest writes it, if it is plainly not the source's; nil otherwise.
    package let delimiter: String?

    /// Reads a source or its first rows, and tries every type on every value.
    ///
    /// - Parameters:
    ///   - configuration: the source.
    ///   - model: the table or query of a database, and the time zone; the rest is ignored.
    ///   - limit: how many rows to read; nil for all.
    ///   - isCancelled: called now and then; true stops.
    /// - Throws: `SourceError`; `IssuesFound` for a wrong table or query; `CancellationError`.
    package init(
        _ configuration: SourceConfiguration, model: Model, limit: Int?, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        let rows = try Self.open(configuration, model, isCancelled)
        let readers = try CandidateReaders(CellFormat(configuration, model), allowsLeadingZeros: rows.allowsLeadingZeros)
        var (count, hasEnded, room) = (0, false, DistinctValues.limitOfAll)
        var columns = rows.names.enumerated().map { ColumnProfile($1, absent: 0, serverType: rows.serverType(at: $0)) }
        while !hasEnded, count < limit ?? .max {
            if isCancelled() { throw CancellationError() }
            try rows.hold {
                let end = min(count + RecordBatch.defaultRows, limit ?? .max)
                while count < end {
                    hasEnded = try !rows.next { index, cell in
                        if index >= columns.count {
                            for name in rows.names[columns.count...] { columns.append(ColumnProfile(name, absent: count)) }
                        }
                        columns[index].note(cell, row: count + 1, room: &room, readers)
                    }
                    if hasEnded { return }
                    count += 1
                }
            }
        }
        if !hasEnded { try rows.hold { hasEnded = try !rows.next { _, _ in } } }
        self.columns = columns
        self.rows = count
        isWhole = hasEnded
        delimiter = (rows as? CSVRawRows)?.otherDelimiter?.spelling
    }

    private static func open(
        _ configuration: SourceConfiguration, _ model: Model, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> any RawRows {
        switch configuration.kind {
        case .csv: return try CSVRawRows(configuration)
        case .jsonl: return try JSONLRawRows(configuration)
        case .sqlite: return try SQLiteRawRows(configuration, model: model, isCancelled: isCancelled)
        case .duckdb: return QueryRawRows(try DuckDBSource(configuration, model: model).rows(isCancelled: isCancelled))
        case .postgres, .redshift:
            return QueryRawRows(try PostgresSource(configuration, model: model).rows(isCancelled: isCancelled))
        case .odbc, .adbc: return QueryRawRows(try DriverSource(configuration, model: model).rows(isCancelled: isCancelled))
        }
    }
}

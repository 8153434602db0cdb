import HooklineCore
import Text

/// Creates the source that a workspace and a model describe.
package enum SourceFactory {
    /// Creates the source, not yet opened.
    package static func source(_ configuration: SourceConfiguration, model: Model) -> any RowSource {
        if !model.relations.isEmpty { return RelatedSource(configuration, model) }
        switch configuration.kind {
        case .csv: return CSVSource(configuration, model: model)
        case .jsonl: return JSONLSource(configuration, model: model)
        case .sqlite: return SQLiteSource(configuration, model: model)
        case .duckdb: return DuckDBSource(configuration, model: model)
        case .postgres, .redshift: return PostgresSource(configuration, model: model)
        case .odbc, .adbc: return DriverSource(configuration, model: model)
        }
    }

    /// All columns of the source, used or not. Reads the beginning of the source.
    ///
    /// - Throws: what `RowSource.open` throws.
    package static func columns(_ configuration: SourceConfiguration, model: Model) throws -> [Column] {
        var model = model
        model.used = nil
        return try source(configuration, model: model).open().columns
    }

    /// The columns of the source's batches, and warnings about the first rows: in JSONL, a misspelled key shows only in the objects.
    ///
    /// - Throws: what `RowSource.open` throws; `IssuesFound` if no object of a short file has a required key.
    package static func look(_ configuration: SourceConfiguration, model: Model) throws -> (columns: [Column], warnings: [Issue]) {
        let cursor = try source(configuration, model: model).open()
        guard let lines = ((cursor as? RelatedCursor)?.own ?? cursor) as? BatchCursor<JSONLReader> else { return (cursor.columns, []) }
        var batch = RecordBatch(columns: lines.columns)
        // A bad row is not reported here: a run reports it with its location.
        do {
            if try lines.read(into: &batch, limit: RecordBatch.defaultRows) { _ = try lines.read(into: &batch, limit: 1) }
        } catch is SourceError {}
        guard lines.rowsRead > 0 else { return (lines.columns, []) }
        let unseen = lines.reader.unseen
        let optional = Set((model.fields ?? []).filter { $0.isOptional && !$0.isBound }.map(\.name))
        return (
            lines.columns.map { column in
                Column(
                    column.name, column.type, isAbsent: optional.contains(column.name) && unseen.contains(column.name),
                    origin: column.origin,
                    format: column.format)
            } + cursor.columns.dropFirst(lines.columns.count), lines.reader.absentSoFar
        )
    }
}

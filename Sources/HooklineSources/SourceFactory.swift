import HooklineCore

/// Creates the source that a workspace and a model describe.
package enum SourceFactory {
    /// The source, not yet opened.
    ///
    /// - Throws: `sources.not_in_build` for a type that this build cannot read.
    package static func source(_ configuration: SourceConfiguration, model: Model) throws -> any RowSource {
        switch configuration.kind {
        case .csv: return CSVSource(configuration, model: model)
        case .jsonl: return JSONLSource(configuration, model: model)
        case .sqlite: return SQLiteSource(configuration, model: model)
        case .postgres, .odbc:
            let available = SourceConfiguration.Kind.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
            throw SourceError(
                .notInBuild, at: .init(configuration.name),
                "the source '\(configuration.name)' is of type \(configuration.kind.rawValue), which this build cannot read; "
                    + "it reads \(available)")
        }
    }

    /// The columns of the source's batches, which needs to read the beginning of a file.
    ///
    /// - Throws: what `RowSource.open` throws; `sources.not_in_build`.
    package static func columns(_ configuration: SourceConfiguration, model: Model) throws -> [Column] {
        try source(configuration, model: model).open().columns
    }

    /// The columns of the source's batches, with warnings about keys that are missing from the first objects of a JSONL file: only there
    /// a misspelled key shows.
    ///
    /// - Throws: what `RowSource.open` throws; `sources.not_in_build`; `IssuesFound` for a required key that no object of a short file has.
    package static func look(_ configuration: SourceConfiguration, model: Model) throws -> (columns: [Column], warnings: [Issue]) {
        let cursor = try source(configuration, model: model).open()
        guard let lines = cursor as? BatchCursor<JSONLReader>, model.fields != nil else { return (cursor.columns, []) }
        var batch = RecordBatch(columns: lines.columns)
        // A run reports a bad row, with its location.
        do {
            if try lines.read(into: &batch, limit: RecordBatch.defaultRows) { _ = try lines.read(into: &batch, limit: 1) }
        } catch is SourceError {}
        guard lines.rowsRead > 0 else { return (lines.columns, []) }
        let unseen = lines.reader.unseen
        let optional = Set((model.fields ?? []).filter { $0.isOptional && !$0.isBound }.map(\.name))
        return (
            lines.columns.map { column in
                Column(column.name, column.type, isAbsent: optional.contains(column.name) && unseen.contains(column.name))
            },
            FieldChoice.warnings(of: unseen, rows: lines.rowsRead, model, configuration)
        )
    }
}

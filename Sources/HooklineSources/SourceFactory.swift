import HooklineCore
import Text

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

    /// All columns of the source, those that nothing uses included, at the cost of reading its beginning.
    ///
    /// - Throws: what `RowSource.open` throws; `sources.not_in_build`.
    package static func columns(_ configuration: SourceConfiguration, model: Model) throws -> [Column] {
        var model = model
        model.used = nil
        return try source(configuration, model: model).open().columns
    }

    /// The columns of every batch that the source will hand over, and what the first rows let expect: the rows of a JSONL file have keys of
    /// their own, so that a misspelt one shows in them only.
    ///
    /// - Throws: as `RowSource.open` does, and `IssuesFound` for a key that no object of a short file has.
    package static func look(_ configuration: SourceConfiguration, model: Model) throws -> (columns: [Column], warnings: [Issue]) {
        let cursor = try source(configuration, model: model).open()
        guard let lines = cursor as? BatchCursor<JSONLReader> else { return (cursor.columns, []) }
        var batch = RecordBatch(columns: lines.columns)
        // A run reports a bad row, with its location.
        do {
            if try lines.read(into: &batch, limit: RecordBatch.defaultRows) { _ = try lines.read(into: &batch, limit: 1) }
        } catch is SourceError {}
        guard lines.rowsRead > 0 else { return (lines.columns, []) }
        let unseen = lines.reader.unseen
        let optional = Set((model.fields ?? []).filter { $0.isOptional && !$0.isBound }.map(\.name))
        let warnings = lines.reader.absent.map { issue in
            Issue(
                issue.code,
                "none of the first \(NumberText.grouped(lines.rowsRead)) objects has it: \(issue.message). A run stops when no object has it",
                at: issue.position, severity: .warning)
        }
        return (
            lines.columns.map { column in
                Column(
                    column.name, column.type, isAbsent: optional.contains(column.name) && unseen.contains(column.name),
                    origin: column.origin,
                    format: column.format)
            }, warnings
        )
    }
}

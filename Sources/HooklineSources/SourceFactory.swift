import HooklineCore

/// Makes the source that a workspace and a model describe.
package enum SourceFactory {
    /// A source that is not open yet.
    ///
    /// - Throws: `SourceError` with `sources.not_in_build` for the kinds that this build cannot read.
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

    /// The columns of every batch that the source will hand over, at the cost of reading its beginning.
    ///
    /// - Throws: as `RowSource.open` does.
    package static func columns(_ configuration: SourceConfiguration, model: Model) throws -> [Column] {
        try source(configuration, model: model).open().columns
    }
}

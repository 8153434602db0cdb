import HooklineCore

/// A file with one JSON object per line, in any encoding and compression that `FileText` reads.
///
/// The columns are those of `columns`, in order; then others that are used; then, if everything is used, the keys of the first 1,000
/// objects. Names are keys or dotted paths into nested objects (`address.country`). An undeclared column takes its type from its values
/// in those objects, ignoring NULLs: text, boolean, number (integer or decimal if a Double would lose digits), or json for arrays and
/// objects. With no values, or with several kinds, its type is unknown. Missing keys, null, and blank text are NULL. Of duplicate keys,
/// the last counts. Empty lines are skipped. A column that no object has is an error at the end of the file.
package struct JSONLSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model
    private let limits: FileWindow.Limits

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.init(configuration, model: model, limits: FileWindow.Limits())
    }

    init(_ configuration: SourceConfiguration, model: Model, limits: FileWindow.Limits) {
        self.configuration = configuration
        self.model = model
        self.limits = limits
    }

    /// Opens the file and reads its first objects, which are kept in memory for the run.
    ///
    /// An empty file has no rows; its columns are the model's.
    ///
    /// - Throws: `SourceError` for the file and its first object; `IssuesFound` if the model does not fit them.
    package func open() throws -> any RowCursor {
        BatchCursor(try reader())
    }

    func reader() throws -> JSONLReader {
        try FileModel.check(model, of: configuration)
        let window = try FileText.window(of: configuration, limits: limits)
        try LeadingLines.skip(configuration.file.skippedLines, in: window)
        let lines = JSONLLines(LineScanner(window, line: configuration.file.skippedLines))
        let head = try JSONLHead(lines, model: model, nulls: NullValues(configuration.nullValues))
        let found = model.fields.map { fields in fields.map { Column($0.name, $0.type, format: $0.format) } } ?? head.columns
        let agreement = try ColumnAgreement(model, source: configuration, found: found)
        let paths = agreement.places.map { model.fields?[$0].column ?? found[$0].name }
        let keys = AbsentKeys(model: model, source: configuration, keys: head.keys)
        return try JSONLReader(
            lines, paths: paths, agreement: agreement, model: model, CellFormat(configuration, model), missing: keys.issues)
    }
}

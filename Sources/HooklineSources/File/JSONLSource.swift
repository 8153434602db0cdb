import HooklineCore

/// A file with one JSON object a line, in any of the encodings and compressions that `FileText` reads.
///
/// The columns are those of `columns`, in its order; then what else is used; then, where everything is used, the keys of the first 1,000
/// objects. Names are keys or dotted paths into nested objects (`address.country`). A column that nobody declared has the type of its
/// values in those objects, NULLs aside: text, boolean, number (integer or decimal where a Double would lose digits), and json for arrays and
/// objects; values of several kinds, or none at all, leave it unknown. A missing key, null and text of nothing but white space are NULL; of
/// a key that comes twice, the last counts. Empty lines are skipped. A column that no object of the file has is an error at its end.
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

    /// Opens the file and looks at its first objects, which are kept and read again from memory.
    ///
    /// An empty file has no rows, and the columns of the model.
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

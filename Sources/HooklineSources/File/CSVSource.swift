import HooklineCore

/// A CSV file with a header, by RFC 4180.
///
/// An unquoted empty field is NULL. A quoted one is empty text, as in PostgreSQL's COPY (and NULL in columns of other types). An empty line
/// is skipped, except in a file with one column, where it is a row with NULL. Text is never trimmed; other types are. Names in the header
/// are trimmed, and must be neither empty nor duplicate. See `CSVScanner` for what else is rejected.
package struct CSVSource: RowSource {
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

    /// Opens the file and reads its header: one block, unless the header is longer.
    ///
    /// - Throws: `SourceError` for the file and its header; `IssuesFound` if the model does not fit them.
    package func open() throws -> any RowCursor {
        BatchCursor(try reader())
    }

    func reader() throws -> CSVReader {
        try FileModel.check(model, of: configuration)
        let scanner = try CSVScanner(path: configuration.path, delimiter: configuration.delimiter, limits: limits)
        let names = try CSVHeader.names(from: scanner)
        let choice = try FieldChoice(model, source: configuration, found: names.map { Column($0, .text) })
        let agreement = try ColumnAgreement(model, source: configuration, found: choice.columns)
        return try CSVReader(scanner, width: names.count, indexes: choice.indexes, agreement: agreement, model: model)
    }
}

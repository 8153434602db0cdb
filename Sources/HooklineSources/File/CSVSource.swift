import HooklineCore

/// A CSV file with a header line, after RFC 4180, in any of the encodings and compressions that `FileText` reads.
///
/// Lines that the source leaves out come first, then perhaps Excel's `sep=` line, then the header. A cell of nothing but white space is
/// NULL, quoted or not, and so is one of the source's `null_values`; white space around text is left out unless the source or the column
/// says otherwise. An empty line is skipped, except in a file of one column, where it is a row with NULL. Names in the header are trimmed;
/// those that something uses are there once. `CSVScanner` says what else is refused.
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
        let (scanner, delimiter) = try scanner()
        var source = configuration
        source.delimiter = delimiter
        let header = try CSVHeader(from: scanner)
        let choice = try FieldChoice(model, source: source, found: header.columns(for: model, of: source, scanner: scanner))
        let agreement = try ColumnAgreement(model, source: source, found: choice.columns)
        return try CSVReader(
            scanner, width: header.names.count, places: agreement.places.map { choice.indexes[$0] }, agreement: agreement, model: model,
            CellFormat(source, model))
    }

    /// The scanner before the header, and the delimiter that it goes by.
    func scanner() throws -> (CSVScanner, UInt8) {
        let window = try FileText.window(of: configuration, limits: limits)
        try LeadingLines.skip(configuration.file.skippedLines, in: window)
        var format = CSVFormat(configuration)
        var line = configuration.file.skippedLines + 1
        if let named = try SeparatorLine.take(from: window) {
            line += 1
            // A comma is what a source has that says nothing.
            if let named, format.delimiter == UInt8(ascii: ",") { format.delimiter = named }
        }
        return (try CSVScanner(window, format, line: line), format.delimiter)
    }
}

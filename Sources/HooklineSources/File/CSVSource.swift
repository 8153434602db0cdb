import HooklineCore

/// A CSV file with a header line, by RFC 4180, in any encoding and compression that `FileText` reads.
///
/// Skipped lines come first, then perhaps Excel's `sep=` line, then the header. A cell is NULL, quoted or not, if it is blank or in the
/// source's `null_values`. White space around text is trimmed unless the source or the column says otherwise. Empty lines are skipped,
/// except in a file of one column, where they are rows with NULL. Header names are trimmed, and a name that something uses must be
/// unique. `CSVScanner` documents what else is rejected.
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

    /// Opens the file and reads its header.
    ///
    /// - Parameter searches: whether to search for many records at once; tests compare both ways.
    /// - Returns: a reader behind the header.
    /// - Throws: what `open` throws.
    func reader(searches: Bool = true) throws -> CSVReader {
        try FileModel.check(model, of: configuration)
        let (scanner, delimiter) = try scanner()
        if !searches { scanner.searches = false }
        var source = configuration
        source.delimiter = delimiter
        let header = try CSVHeader(from: scanner)
        let choice = try FieldChoice(model, source: source, found: header.columns(for: model, of: source, scanner: scanner))
        let agreement = try ColumnAgreement(model, source: source, found: choice.columns)
        return try CSVReader(
            scanner, width: header.names.count, places: agreement.places.map { choice.indexes[$0] }, agreement: agreement, model: model,
            CellFormat(source, model))
    }

    /// A scanner before the header, and the delimiter that it uses.
    func scanner() throws -> (CSVScanner, UInt8) {
        let window = try FileText.window(of: configuration, limits: limits)
        try LeadingLines.skip(configuration.file.skippedLines, in: window)
        var format = CSVFormat(configuration)
        var line = configuration.file.skippedLines + 1
        if let named = try SeparatorLine.take(from: window) {
            line += 1
            // A source without a configured delimiter has a comma.
            if let named, format.delimiter == UInt8(ascii: ",") { format.delimiter = named }
        }
        return (try CSVScanner(window, format, line: line), format.delimiter)
    }
}

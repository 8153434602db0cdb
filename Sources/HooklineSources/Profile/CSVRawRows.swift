import HooklineCore

/// The cells of a CSV file.
final class CSVRawRows: RawRows {
    let names: [String]
    let allowsLeadingZeros = true
    /// The likely delimiter, if the source's is wrong: it leaves one column, and this one splits the header into several.
    let otherDelimiter: DelimiterGuess?

    private let scanner: CSVScanner

    /// Opens the file and reads its header.
    ///
    /// - Throws: `SourceError` for the file and its header.
    init(_ configuration: SourceConfiguration) throws {
        let (scanner, delimiter) = try CSVSource(configuration, model: Model()).scanner()
        let header = try CSVHeader(from: scanner)
        if let guess = DelimiterGuess.likely(in: header.names, other: delimiter), let byte = guess.byte {
            var changed = configuration
            changed.delimiter = byte
            self.scanner = try CSVSource(changed, model: Model()).scanner().0
            names = try CSVHeader(from: self.scanner).names
            otherDelimiter = guess
        } else {
            self.scanner = scanner
            names = header.names
            otherDelimiter = nil
        }
        for place in self.scanner.fields.indices { try self.scanner.check(field: place) }
    }

    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool {
        guard try scanner.nextRow(width: names.count) else { return false }
        let fields = scanner.fields
        let record = scanner.record
        for place in names.indices {
            if fields[place].hasHighBytes { try scanner.check(field: place) }
            visit(place, .field(fields[place].bytes(in: record)))
        }
        return true
    }
}

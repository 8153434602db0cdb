import HooklineCore

/// Reads the records of a CSV file into batches.
final class CSVReader: RowReader {
    let columns: [Column]
    var counter: RowCounter
    var nullWords: [ColumnCount] { cells.nullWords }
    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { scanner.bufferCapacity }

    private let scanner: CSVScanner
    /// How many fields a record has.
    private let width: Int
    /// For each column of the file that is read, its index in the record; nil for an optional field that the file lacks.
    private let places: [Int?]
    private let cells: CellReaders
    private let calculator: Calculator?
    /// The columns at the end of a batch that nothing uses.
    private let unread: Range<Int>

    /// Reads the records after the header, which has `width` names.
    init(_ scanner: CSVScanner, width: Int, places: [Int?], agreement: ColumnAgreement, model: Model, _ format: CellFormat) throws {
        self.scanner = scanner
        columns = agreement.all
        self.width = width
        self.places = places
        unread = columns.count - agreement.unread.count..<columns.count
        cells = try CellReaders(agreement.own, format, position: model.position, allowsLeadingZeros: true)
        calculator = try Calculator(model, agreement: agreement, format)
        counter = RowCounter(model)
    }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        guard try scanner.nextRow(width: width) else { return nil }
        counter.beginRow()
        let fields = scanner.fields
        let record = scanner.record
        let readers = cells.readers
        for index in places.indices {
            guard let place = places[index] else {
                batch.columns[index].appendNull()
                continue
            }
            let field = fields[place]
            if field.hasHighBytes { try scanner.check(field: place) }
            if !readers[index].append(field.bytes(in: record), to: &batch.columns[index]) {
                guard
                    try counter.meetBadValue(
                        of: index, readers[index].misfit, in: &batch, at: location, shape: RawCell.field(field.bytes(in: record)).shape)
                else { return record.count }
            }
        }
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: location) { return record.count }
        for index in unread { batch.columns[index].appendNull() }
        counter.endRow(of: &batch)
        return record.count
    }

    private var location: SourceError.Location { .init(scanner.path, line: scanner.line) }
}

extension CSVScanner {
    /// Moves to the next record that is a row. In a file with several columns, an empty line is not a row.
    ///
    /// - Returns: false at the end of the file.
    func nextRow(width: Int) throws -> Bool {
        while try next() {
            let count = fields.count
            if count == width { return true }
            if count == 1, fields[0].isNothing { continue }
            throw SourceError(
                .raggedRow, at: .init(path, line: line),
                "the record has \(count) fields, but the header has \(width); quote fields that contain a delimiter or a line break")
        }
        return false
    }
}

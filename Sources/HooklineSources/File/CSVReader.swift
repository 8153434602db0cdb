import HooklineCore

/// Reads the records of a CSV file into batches.
final class CSVReader: PartFitter {
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
    private var buffers = CellReader.Buffers()
    /// How many rows to read column by column next.
    private var run = CSVRecords.limit
    /// Makes another reader of the same columns.
    private let another: (CSVScanner) throws -> CSVReader

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
        another = { try CSVReader($0, width: width, places: places, agreement: agreement, model: model, format) }
    }

    func parts() -> (any RowParts)? {
        guard let rest = scanner.giveAway() else { return nil }
        return FileParts(rest.window, line: rest.line, hasQuotes: true) { [scanner, another] in try another(scanner.another($0)) }
    }

    func begin(line: Int) { scanner.begin(line: line) }

    func takeCounts() -> RowCounts {
        var counts = counter.takeCounts()
        counts.nullWords = cells.takeNullWords()
        return counts
    }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func readRows(into batch: inout RecordBatch, limit: Int, bytes: Int) throws -> Int? {
        // Calculated fields are computed row by row.
        if calculator == nil, let found = scanner.rowsAhead(width: width, limit: min(limit, run), bytes: bytes) {
            let rows = readColumns(into: &batch, found.count)
            // A row with a bad value ends a run: the next run is short, as such rows often come together.
            run = rows == found.count ? min(2 * run, CSVRecords.limit) : max(8, rows)
            if rows > 0 { return scanner.skip(rows) }
        }
        return try readRow(into: &batch)
    }

    /// Reads rows column by column, up to the first row with a bad value.
    ///
    /// - Returns: how many rows it read.
    private func readColumns(into batch: inout RecordBatch, _ count: Int) -> Int {
        let (readers, start) = (cells.readers, batch.count)
        var rows = count
        for index in places.indices {
            guard let place = places[index] else {
                batch.columns[index].appendNulls(rows)
                continue
            }
            rows = readers[index].append(scanner.column(place, rows: rows), to: &batch.columns[index], &buffers)
            if rows == 0 { break }
        }
        if rows < count {
            for index in places.indices where batch.columns[index].count > start + rows {
                if places[index] == nil {
                    batch.columns[index].truncate(to: start + rows)
                } else {
                    readers[index].takeBack(from: start + rows, of: &batch.columns[index])
                }
            }
        }
        for index in unread { batch.columns[index].appendNulls(rows) }
        counter.pass(rows, of: &batch)
        return rows
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

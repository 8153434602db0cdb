import HooklineCore

/// Reads the records of a CSV file into batches.
final class CSVReader: RowReader {
    let columns: [Column]
    private(set) var counter: RowCounter
    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { scanner.bufferCapacity }

    private let scanner: CSVScanner
    /// How many fields a record has.
    private let width: Int
    /// The index of each column, other than calculated ones, in the record; nil for one that the file lacks.
    private let indexes: [Int?]
    private let calculator: Calculator?

    /// Reads the records after the header, which has `width` names.
    ///
    /// - Throws: `DatabaseError` if the calculated fields cannot be prepared.
    init(_ scanner: CSVScanner, width: Int, indexes: [Int?], agreement: ColumnAgreement, model: Model) throws {
        self.scanner = scanner
        columns = agreement.all
        self.width = width
        self.indexes = indexes
        calculator = try Calculator(model, agreement: agreement)
        counter = RowCounter(model)
    }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        guard try nextRecord() else { return nil }
        counter.beginRow()
        let fields = scanner.fields
        let record = scanner.record
        for index in indexes.indices {
            guard let at = indexes[index] else {
                batch.columns[index].appendNull()
                continue
            }
            let field = fields[at]
            if field.isNull {
                batch.columns[index].appendNull()
            } else if !batch.columns[index].append(fitting: field.bytes(in: record)) {
                guard try counter.meetBadValue(of: index, in: &batch, at: location) else { return record.count }
            }
        }
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: location) { return record.count }
        counter.endRow(of: &batch)
        return record.count
    }

    private var location: SourceError.Location { .init(scanner.path, line: scanner.line) }

    /// Moves to the next record that is a row: in a file with several columns, an empty line is not one.
    ///
    /// - Returns: false at the end of the file.
    private func nextRecord() throws -> Bool {
        while try scanner.next() {
            let fields = scanner.fields.count
            if fields == width { return true }
            if fields == 1, scanner.fields[0].isNull { continue }
            throw SourceError(
                .raggedRow, at: location,
                "the record has \(fields) fields, but the header has \(width); quote fields that contain a delimiter or a line break")
        }
        return false
    }
}

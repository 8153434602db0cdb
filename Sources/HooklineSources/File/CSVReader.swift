import HooklineCore

/// Reads the records of a CSV file into batches.
final class CSVReader: RowReader {
    let columns: [Column]
    private(set) var counter: RowCounter
    /// How many bytes the file's buffer can hold.
    var bufferCapacity: Int { scanner.bufferCapacity }

    private let scanner: CSVScanner
    /// Fields of a record.
    private let width: Int
    /// For each own column, its place in the record.
    private let indexes: [Int?]
    private let calculator: Calculator?

    /// Reads on behind the header, which names `width` columns.
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

    /// Steps to the next record that is a row: in a file of several columns an empty line is none.
    private func nextRecord() throws -> Bool {
        while try scanner.next() {
            let fields = scanner.fields.count
            if fields == width { return true }
            if fields == 1, scanner.fields[0].isNull { continue }
            throw SourceError(
                .raggedRow, at: location,
                "the record has \(fields) fields and the header names \(width); a field that holds a delimiter or a line end is quoted")
        }
        return false
    }
}

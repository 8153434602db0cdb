import HooklineCore

/// Reads the rows of a query into batches.
final class QueryReader<Rows: QueryRows>: RowReader {
    let columns: [Column]
    var counter: RowCounter
    var nullWords: [ColumnCount] { cells.nullWords }

    private let rows: Rows
    private let format: CellFormat
    private let own: [Column]
    /// How many rows there are, as the source counted them; nil if it did not.
    private var expected: Int?
    private let source: String
    private let cells: CellReaders
    private let calculator: Calculator?
    private let memory = CellMemory()
    /// The columns at the end of a batch that nothing uses.
    private let unread: Range<Int>

    /// - Parameters:
    ///   - rows: the rows.
    ///   - source: the name of the source.
    ///   - agreement: the columns of the model and the query.
    ///   - model: the model.
    ///   - format: how cells are read.
    /// - Throws: `IssuesFound` for an unusable format.
    init(_ rows: Rows, source: String, agreement: ColumnAgreement, model: Model, _ format: CellFormat) throws {
        self.rows = rows
        self.source = source
        (self.format, own) = (format, agreement.own)
        columns = agreement.all
        unread = columns.count - agreement.unread.count..<columns.count
        cells = try CellReaders(agreement.own, format, position: model.position, allowsLeadingZeros: false)
        calculator = try Calculator(model, agreement: agreement, format)
        counter = RowCounter(model)
    }

    /// A cursor over the rows of a query of a source.
    ///
    /// - Throws: `IssuesFound` for an unusable format.
    static func cursor(
        _ rows: Rows, _ agreement: ColumnAgreement, _ source: SourceConfiguration, _ model: Model
    ) throws -> any RowCursor {
        BatchCursor(try QueryReader(rows, source: source.name, agreement: agreement, model: model, CellFormat(source, model)))
    }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { rows.setCancellationCheck(isCancelled) }

    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? {
        if calculator != nil { return .nothing(RowsLeftOut.calculated) }
        let (leftOut, count) = try rows.leaveOut(by: filter, own, format)
        expected = count
        return leftOut
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        guard try rows.step() else {
            try RowsLeftOut.check(counter.rowsRead, expected, source: source)
            return nil
        }
        counter.beginRow()
        let readers = cells.readers
        var length = 0
        for index in readers.indices {
            let cell = try rows.cell(at: index)
            length += cell.bytes?.count ?? 0
            if readers[index].append(cell, to: &batch.columns[index], memory) { continue }
            guard
                try counter.meetBadValue(
                    of: index, readers[index].misfit, in: &batch, at: location, shape: RawCell.query(cell).shape)
            else { return length }
        }
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: location) { return length }
        for index in unread { batch.columns[index].appendNull() }
        counter.endRow(of: &batch)
        return length
    }

    private var location: SourceError.Location { .init(source, row: counter.rowsRead) }
}

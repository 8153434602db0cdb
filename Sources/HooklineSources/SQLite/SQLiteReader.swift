import GRDB
import GRDBSQLite
import HooklineCore

/// Reads the rows of an SQLite query into batches.
final class SQLiteReader: RowReader {
    let columns: [HooklineCore.Column]
    var counter: RowCounter
    var nullWords: [ColumnCount] { cells.nullWords }

    private let rows: SQLiteRows
    private let query: SQLiteQuery
    private let format: CellFormat
    private let own: [HooklineCore.Column]
    /// How many rows there are, as the database counted them; nil if it did not.
    private var expected: Int?
    /// The first rows, if they were read to learn types; emptied once all have been returned.
    private var head: [[SQLiteCell]]
    private var taken = 0
    private let source: String
    private let cells: CellReaders
    private let calculator: Calculator?
    /// The columns whose values have a length.
    private let byteColumns: [Int32]
    /// The columns at the end of a batch that nothing uses.
    private let unread: Range<Int>

    /// - Parameters:
    ///   - rows: the rows after those of `head`.
    ///   - query: what they are the rows of.
    ///   - head: the first rows, which were read to learn types.
    ///   - source: the name of the source.
    ///   - agreement: the columns of the model and the query.
    ///   - model: the model.
    ///   - format: how cells are read.
    /// - Throws: `IssuesFound` for an unusable format.
    init(
        _ rows: SQLiteRows, _ query: SQLiteQuery, head: [[SQLiteCell]], source: String, agreement: ColumnAgreement, model: Model,
        _ format: CellFormat
    ) throws {
        self.rows = rows
        self.head = head
        self.source = source
        (self.query, self.format, own) = (query, format, agreement.own)
        columns = agreement.all
        unread = columns.count - agreement.unread.count..<columns.count
        byteColumns = agreement.own.indices.filter { agreement.own[$0].type.storage == .bytes }.map { Int32($0) }
        cells = try CellReaders(agreement.own, format, position: model.position, allowsLeadingZeros: false)
        calculator = try Calculator(model, agreement: agreement, format)
        counter = RowCounter(model)
    }

    func hold(_ reading: () throws -> Void) throws {
        try rows.hold {
            guard let calculator else { return try reading() }
            try calculator.hold(reading)
        }
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { rows.patience.isCancelled = isCancelled }

    func leaveOut(by filter: RowFilter) throws -> RowsLeftOut? {
        if calculator != nil { return .nothing(RowsLeftOut.calculated) }
        guard let table = query.table else { return .nothing(RowsLeftOut.query) }
        let (leftOut, count) = try rows.leaveOut(by: filter, table, query, own, format)
        expected = count
        return leftOut
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        if taken < head.count {
            taken += 1
            return try readKept(head[taken - 1], into: &batch)
        }
        if taken > 0 { (head, taken) = ([], 0) }
        guard try rows.step() else {
            try RowsLeftOut.check(counter.rowsRead, expected, source: source)
            return nil
        }
        let sqlite = rows.statement.sqliteStatement
        counter.beginRow()
        let readers = cells.readers
        for index in readers.indices where !readers[index].append(sqlite, at: Int32(truncatingIfNeeded: index), to: &batch.columns[index]) {
            guard
                try counter.meetBadValue(
                    of: index, readers[index].misfit, in: &batch, at: location,
                    shape: RawCell.sqlite(SQLiteCell(sqlite, at: Int32(index))).shape)
            else { return 0 }
        }
        guard try endRow(of: &batch) else { return 0 }
        return byteColumns.reduce(0) { $0 + Int(sqlite3_column_bytes(sqlite, $1)) }
    }

    private func readKept(_ row: [SQLiteCell], into batch: inout RecordBatch) throws -> Int {
        counter.beginRow()
        let readers = cells.readers
        for index in readers.indices where !readers[index].append(row[index], to: &batch.columns[index]) {
            guard
                try counter.meetBadValue(
                    of: index, readers[index].misfit, in: &batch, at: location, shape: RawCell.sqlite(row[index]).shape)
            else { return 0 }
        }
        guard try endRow(of: &batch) else { return 0 }
        return row.reduce(0) { $0 + $1.length }
    }

    private func endRow(of batch: inout RecordBatch) throws -> Bool {
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: location) { return false }
        for index in unread { batch.columns[index].appendNull() }
        counter.endRow(of: &batch)
        return true
    }

    private var location: SourceError.Location { .init(source, row: counter.rowsRead) }
}

import GRDB
import GRDBSQLite
import HooklineCore

/// Evaluates a row's calculated fields in an empty in-memory SQLite database.
///
/// One prepared statement selects all fields from one row of parameters, which holds only the columns that the fields name. Fields see
/// what rules see, whatever the source: numbers as numbers, booleans as 1 and 0, dates as `YYYY-MM-DD`, timestamps as `YYYY-MM-DD
/// HH:MM:SS` in UTC, everything else as text. A field that uses an unreadable value is itself unreadable.
final class Calculator {
    /// A column that an expression uses: its index in the batch, and the number of its parameter.
    private struct Input {
        let column: Int
        let parameter: Int32
    }

    private let database: DatabaseQueue
    private let statement: Statement
    private let inputs: [Input]
    /// For each field, the indexes in the batch of the columns that it uses.
    private let inputsOfField: [[Int]]
    /// The index of the first calculated field in the batch.
    private let firstOutput: Int
    private let cells: CellReaders
    private var text: [UInt8] = []

    /// Prepares the statement; nil if no calculated field is used. `CalculationCheck` must have accepted the model.
    ///
    /// - Throws: `IssuesFound` for fields that compare or calculate with values of unknown or unequal kinds.
    init?(_ model: Model, agreement: ColumnAgreement, _ format: CellFormat) throws {
        let fields = UsedColumns(model).calculated
        if fields.isEmpty { return nil }
        let issues = CalculationCheck.issues(ofKinds: fields, over: agreement.own, model)
        if !issues.isEmpty { throw IssuesFound(issues) }
        let database = try DatabaseQueue()
        let prepared = try database.inDatabase { database in
            // A result too large for a batch fails instead of filling memory.
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, 16 << 20)
            let inputs = fields.map { ExpressionInputs.exact(of: $0.expression, in: agreement.own, database) }
            let used = Set(inputs.joined()).sorted()
            let row = SQLText.row(of: used.map { agreement.own[$0] }, values: { "?\($0 + 1)" })
            let list = fields.map { SQLText.parenthesized($0.expression) }.joined(separator: ", ")
            return (inputs, used, try database.makeStatement(sql: "SELECT \(list) FROM (\(row))"))
        }
        self.database = database
        (inputsOfField, statement) = (prepared.0, prepared.2)
        inputs = prepared.1.enumerated().map { Input(column: $0.element, parameter: Int32($0.offset + 1)) }
        firstOutput = agreement.own.count
        cells = try CellReaders(agreement.calculated, format.calculated, position: model.position, allowsLeadingZeros: true)
    }

    /// Runs `reading`, which calls `append`, while holding the database.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws {
        try database.inDatabase { _ in try reading() }
    }

    /// Appends the calculated fields of the last row, whose other values are already in the batch. Call it inside `hold`.
    ///
    /// - Returns: false if a bad value dropped the row.
    /// - Throws: `sources.calculation_failed`; `sources.bad_value` under the policy `error`.
    func append(to batch: inout RecordBatch, counter: inout RowCounter, at location: SourceError.Location) throws -> Bool {
        let sqlite = statement.sqliteStatement
        let row = batch.count
        sqlite3_reset(sqlite)
        for input in inputs { batch.columns[input.column].bind(row, to: sqlite, at: input.parameter, &text) }
        guard sqlite3_step(sqlite) == SQLITE_ROW else {
            let reason = SQLText.reason(sqlite)
            sqlite3_reset(sqlite)
            throw SourceError(.calculationFailed, at: location, "SQLite cannot calculate a field of this row: \(reason)")
        }
        for (field, inputs) in inputsOfField.enumerated() {
            let index = firstOutput + field
            if inputs.contains(where: { batch.columns[$0].isUnreadable(row) }) {
                batch.columns[index].appendUnreadable()
            } else if inputs.contains(where: { batch.columns[$0].isInexactInSQLite(row) }) {
                guard try counter.meetBadValue(of: index, .inexact, in: &batch, at: location, shape: "(a decimal with too many digits)")
                else {
                    return false
                }
            } else if !cells.readers[field].append(sqlite, at: Int32(field), to: &batch.columns[index]) {
                guard
                    try counter.meetBadValue(
                        of: index, cells.readers[field].misfit, in: &batch, at: location,
                        shape: RawCell.sqlite(SQLiteCell(sqlite, at: Int32(field))).shape)
                else { return false }
            }
        }
        return true
    }
}

extension ColumnBuffer {
    /// Binds the value of a row to a parameter.
    ///
    /// - Parameters:
    ///   - row: the index of the row.
    ///   - statement: the prepared statement.
    ///   - parameter: the number of the parameter, from 1.
    ///   - text: a buffer to reuse.
    fileprivate func bind(_ row: Int, to statement: SQLiteStatement, at parameter: Int32, _ text: inout [UInt8]) {
        if isNull(row) {
            sqlite3_bind_null(statement, parameter)
            return
        }
        switch column.type {
        case .timestamp:
            text.removeAll(keepingCapacity: true)
            SQLText.append(moment: integers[row], to: &text)
            text.withUnsafeBytes { Self.bind($0, to: statement, at: parameter) }
        case .integer, .boolean: sqlite3_bind_int64(statement, parameter, integers[row])
        case .number: sqlite3_bind_double(statement, parameter, numbers[row])
        case .text, .decimal, .date, .json, .list:
            bytes.withUnsafeBytes { Self.bind(UnsafeRawBufferPointer(rebasing: $0[byteRange(row)]), to: statement, at: parameter) }
        }
    }

    /// Whether the value of a row is a decimal with more digits than the numbers of SQLite keep: a 64-bit integer, or a Double.
    fileprivate func isInexactInSQLite(_ row: Int) -> Bool {
        guard case .decimal = column.type, !isNull(row) else { return false }
        return bytes.withUnsafeBufferPointer {
            let digits = UnsafeBufferPointer(rebasing: $0[byteRange(row)])
            return PlainNumber.integer(digits) == nil && PlainNumber.number(digits) == nil
        }
    }

    private static func bind(_ text: UnsafeRawBufferPointer, to statement: SQLiteStatement, at parameter: Int32) {
        // SQLITE_TRANSIENT: SQLite makes its own copy before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        guard let start = text.bindMemory(to: CChar.self).baseAddress else {
            sqlite3_bind_text(statement, parameter, "", 0, transient)
            return
        }
        sqlite3_bind_text(statement, parameter, start, Int32(text.count), transient)
    }
}

import GRDB
import GRDBSQLite
import HooklineCore

/// Evaluates the calculated fields of a file's rows, in an empty SQLite database in memory.
///
/// One prepared statement selects all of them from one row of parameters: the columns that they use.
final class Calculator {
    /// A column that an expression uses: its index in the batch, and the index of its parameter.
    private struct Input {
        let column: Int
        let parameter: Int32
    }

    private let database: DatabaseQueue
    private let statement: Statement
    private let inputs: [Input]
    private let outputs: Range<Int>

    /// Nil for a model without calculated fields. `CalculationCheck` must have accepted them.
    ///
    /// - Throws: `DatabaseError`.
    init?(_ model: Model, agreement: ColumnAgreement) throws {
        if model.calculated.isEmpty { return nil }
        let database = try DatabaseQueue()
        let fields = "SELECT " + model.calculated.map { SQLText.parenthesized($0.expression) }.joined(separator: ", ")
        let prepared = try database.inDatabase { database in
            // A result too large for a batch fails, instead of filling the memory.
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, 16 << 20)
            let used = Self.used(in: fields, agreement.own, database)
            let row = SQLText.row(of: used.map { agreement.own[$0] }, values: { "?\($0 + 1)" })
            return (used, try database.makeStatement(sql: "\(fields) FROM (\(row))"))
        }
        self.database = database
        statement = prepared.1
        inputs = prepared.0.enumerated().map { Input(column: $0.element, parameter: Int32($0.offset + 1)) }
        outputs = agreement.own.count..<agreement.all.count
    }

    /// Runs `reading`, which calls `append`, with access to the database.
    ///
    /// - Throws: what `reading` throws.
    func hold(_ reading: () throws -> Void) throws {
        try database.inDatabase { _ in try reading() }
    }

    /// Appends the calculated fields of the last row, which has its other values already. Call it inside `hold`.
    ///
    /// - Returns: false if a bad value dropped the row.
    /// - Throws: `sources.calculation_failed`; `sources.bad_value` under the policy `error`.
    func append(to batch: inout RecordBatch, counter: inout RowCounter, at location: SourceError.Location) throws -> Bool {
        let sqlite = statement.sqliteStatement
        sqlite3_reset(sqlite)
        for input in inputs { batch.columns[input.column].bind(batch.count, to: sqlite, at: input.parameter) }
        guard sqlite3_step(sqlite) == SQLITE_ROW else {
            let reason = SQLText.reason(sqlite)
            sqlite3_reset(sqlite)
            throw SourceError(.calculationFailed, at: location, "SQLite cannot calculate a field of this row: \(reason)")
        }
        for index in outputs where !batch.columns[index].append(fitting: sqlite, at: Int32(index - outputs.lowerBound)) {
            guard try counter.meetBadValue(of: index, in: &batch, at: location) else { return false }
        }
        return true
    }

    /// The indexes of the columns without which SQLite rejects the fields.
    private static func used(in fields: String, _ columns: [HooklineCore.Column], _ database: Database) -> [Int] {
        columns.indices.filter { index in
            var others = columns
            others.remove(at: index)
            let row = SQLText.row(of: others, values: { _ in "NULL" })
            return (try? database.makeStatement(sql: "\(fields) FROM (\(row))")) == nil
        }
    }
}

extension ColumnBuffer {
    /// Binds the value of a row to a parameter.
    fileprivate func bind(_ row: Int, to statement: SQLiteStatement, at parameter: Int32) {
        if isNull(row) {
            sqlite3_bind_null(statement, parameter)
            return
        }
        switch column.type.storage {
        case .integers: sqlite3_bind_int64(statement, parameter, integers[row])
        case .numbers: sqlite3_bind_double(statement, parameter, numbers[row])
        case .bytes:
            let range = byteRange(row)
            // SQLITE_TRANSIENT: SQLite copies the text before the call returns.
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            if range.isEmpty {
                sqlite3_bind_text(statement, parameter, "", 0, transient)
                return
            }
            bytes.withUnsafeBytes { all in
                let text = all[range].withMemoryRebound(to: CChar.self) { $0.baseAddress }
                sqlite3_bind_text(statement, parameter, text, Int32(range.count), transient)
            }
        }
    }
}

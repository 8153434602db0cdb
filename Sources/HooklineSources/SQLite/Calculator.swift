import GRDB
import GRDBSQLite
import HooklineCore

/// Evaluates the calculated fields of a file's rows, in an SQLite database that lives in memory and holds nothing.
///
/// One prepared statement selects all of them from one row of parameters: the columns that they name, and no others.
final class Calculator {
    /// A column that an expression names: its index in the batch, and its parameter's.
    private struct Input {
        let column: Int
        let parameter: Int32
    }

    private let database: DatabaseQueue
    private let statement: Statement
    private let inputs: [Input]
    private let outputs: Range<Int>

    /// Nil when the model has no calculated fields, which `CalculationCheck` must have accepted.
    init?(_ model: Model, agreement: ColumnAgreement) throws {
        if model.calculated.isEmpty { return nil }
        let database = try DatabaseQueue()
        let fields = "SELECT " + model.calculated.map { SQLText.parenthesized($0.expression) }.joined(separator: ", ")
        let prepared = try database.inDatabase { database in
            // A result that no batch could carry fails instead of filling the memory.
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

    /// Holds the database during a few calls of `append`.
    func hold(_ reading: () throws -> Void) throws {
        try database.inDatabase { _ in try reading() }
    }

    /// Appends the calculated fields of the row that has all of its own values; between `hold` and its end.
    ///
    /// - Returns: false when a bad value dropped the row.
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

    /// The columns without which SQLite does not understand the fields.
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
            // SQLITE_TRANSIENT: SQLite makes its own copy before the call returns.
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

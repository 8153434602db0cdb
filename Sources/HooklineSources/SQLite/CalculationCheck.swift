import GRDB
import GRDBSQLite
import HooklineCore
import Text

/// Checks that calculated fields are SQL expressions over the columns of one row.
///
/// An expression may use the operators and core functions of SQLite. Subqueries, aggregate and window functions, and parameters are
/// rejected, because they would reach beyond the row.
enum CalculationCheck {
    /// The most columns that a model's calculated fields may use together. SQLite's own limit is 2,000.
    static let mostColumns = 500

    /// The issues of the model's calculated fields, at most one per field.
    static func issues(of model: Model, _ used: UsedColumns, over columns: [HooklineCore.Column]) -> [Issue] {
        if model.calculated.isEmpty { return [] }
        let inputs = used.calculated.reduce(into: Set<Int>()) { $0.formUnion(ExpressionInputs.indices(of: $1.expression, in: columns)) }
        if inputs.count > mostColumns {
            return [
                Issue(
                    SourceError.Code.badExpression.rawValue,
                    "the calculated fields use \(NumberText.grouped(inputs.count)) columns; together they may use at most \(mostColumns)",
                    at: used.calculated.first?.position ?? model.position)
            ]
        }
        return model.calculated.compactMap { field in
            guard let fault = fault(of: field, over: columns) else { return nil }
            return Issue(fault.code.rawValue, "the calculated field '\(field.name)' \(fault.message)", at: field.position ?? model.position)
        }
    }

    /// The issues of fields that compare or calculate with values of unknown or unequal kinds, at most one per field.
    ///
    /// The columns are those that are read, with their final types; `issues(of:_:over:)` must have accepted the fields.
    static func issues(ofKinds fields: [Model.CalculatedField], over columns: [HooklineCore.Column], _ model: Model) -> [Issue] {
        fields.compactMap { field in
            guard let fault = ExpressionKinds.fault(in: field.expression, over: columns) else { return nil }
            return Issue(fault.code, "the calculated field '\(field.name)' \(fault.message)", at: field.position ?? model.position)
        }
    }

    private typealias Fault = (code: SourceError.Code, message: String)

    private static func fault(of field: Model.CalculatedField, over columns: [HooklineCore.Column]) -> Fault? {
        if let message = ExpressionScan.fault(in: field.expression) { return (.badExpression, message) }
        // The row source is empty, so an expression that still returns a row looks beyond its row.
        let inputs = ExpressionInputs.indices(of: field.expression, in: columns)
        if inputs.count > mostColumns {
            return (.badExpression, "uses \(NumberText.grouped(inputs.count)) columns; it may use at most \(mostColumns)")
        }
        let row = SQLText.row(of: inputs.map { columns[$0] }, values: { _ in "NULL" })
        let sql = "SELECT " + SQLText.parenthesized(field.expression) + " FROM (" + row + " WHERE 0)"
        do {
            return try DatabaseQueue().inDatabase { database in
                let statement = try database.makeStatement(sql: sql)
                if sqlite3_bind_parameter_count(statement.sqliteStatement) > 0 {
                    return (.badExpression, "has a parameter; use a column or a value instead")
                }
                if sqlite3_step(statement.sqliteStatement) == SQLITE_ROW {
                    return (.badExpression, "uses an aggregate function; it may only use values of its own row")
                }
                return nil
            }
        } catch let error as DatabaseError {
            return refused(error.message ?? "", columns)
        } catch {
            return (.badExpression, "cannot be checked: \(error)")
        }
    }

    private static func refused(_ message: String, _ columns: [HooklineCore.Column]) -> Fault {
        let unknown = "no such column: "
        guard message.hasPrefix(unknown) else { return (.badExpression, "is not an expression that SQLite understands: \(message)") }
        let name = String(message.dropFirst(unknown.count))
        let hint = ColumnNames.hint(name, among: columns.map(\.name))
        return (
            .unknownColumn, "uses '\(name)', which is not a column of the source" + (hint.isEmpty ? "; put text in single quotes" : hint)
        )
    }
}

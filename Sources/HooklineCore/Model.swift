/// The rows of a source that stand for users.
package struct Model: Equatable, Sendable {
    /// What to do with a value that does not fit its column's type.
    package enum BadValuePolicy: String, CaseIterable, Sendable {
        /// The run fails: the default.
        case error
        /// The value becomes NULL and is counted.
        case null
        /// The row is left out and counted.
        case drop
    }

    /// A declared column type.
    package struct TypedColumn: Equatable, Sendable {
        package var name: String
        package var type: ColumnType
        package var position: SourcePosition?

        package init(_ name: String, _ type: ColumnType, position: SourcePosition? = nil) {
            self.name = name
            self.type = type
            self.position = position
        }
    }

    /// A calculated field: an SQL expression over the row's own columns.
    package struct CalculatedField: Equatable, Sendable {
        package var name: String
        package var expression: String
        package var position: SourcePosition?

        package init(_ name: String, _ expression: String, position: SourcePosition? = nil) {
            self.name = name
            self.expression = expression
            self.position = position
        }
    }

    /// The table of a database source; nil for a file, which is the table itself.
    package var table: String?
    /// The query of a database source, instead of a table.
    package var sql: String?
    /// The column that tells rows apart.
    package var primaryKey: String?
    package var primaryKeyPosition: SourcePosition?
    /// Types for sources that carry none, in the manifest's order.
    package var columns: [TypedColumn]
    /// Calculated fields, in the manifest's order; text unless `columns` gives a type.
    package var calculated: [CalculatedField]
    package var onBadValue: BadValuePolicy
    /// Where the manifest describes the model.
    package var position: SourcePosition?

    package init(
        table: String? = nil, sql: String? = nil, primaryKey: String? = nil, primaryKeyPosition: SourcePosition? = nil,
        columns: [TypedColumn] = [], calculated: [CalculatedField] = [], onBadValue: BadValuePolicy = .error,
        position: SourcePosition? = nil
    ) {
        self.table = table
        self.sql = sql
        self.primaryKey = primaryKey
        self.primaryKeyPosition = primaryKeyPosition
        self.columns = columns
        self.calculated = calculated
        self.onBadValue = onBadValue
        self.position = position
    }
}

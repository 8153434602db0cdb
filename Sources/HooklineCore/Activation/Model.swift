/// The rows of a source that represent users.
package struct Model: Equatable, Sendable {
    /// What to do with a value that does not fit its column's type.
    package enum BadValuePolicy: String, CaseIterable, Sendable {
        /// The run fails; the default.
        case error
        /// The value becomes NULL and is counted.
        case null
        /// The row is skipped and counted.
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

    /// A field that an activation needs, and the column that provides it.
    package struct Field: Equatable, Sendable {
        /// Its name in rules, scripts and samples.
        package var name: String
        package var type: ColumnType
        /// The name of its column in the source.
        package var column: String
        /// Whether the source may lack it.
        package var isOptional: Bool
        /// Whether the workspace names its column, which must then exist.
        package var isBound: Bool
        package var description: String?
        /// Where it is bound, or else declared.
        package var position: SourcePosition?

        package init(
            _ name: String, _ type: ColumnType, column: String? = nil, isOptional: Bool = false, isBound: Bool = false,
            description: String? = nil, position: SourcePosition? = nil
        ) {
            self.name = name
            self.type = type
            self.column = column ?? name
            self.isOptional = isOptional
            self.isBound = isBound
            self.description = description
            self.position = position
        }
    }

    /// The needed fields, in the manifest's order; no others are read. Nil takes all columns of the source.
    package var fields: [Field]?
    /// The activation whose `bind:` can name other columns, which messages then suggest; nil if none can, as for samples.
    package var boundBy: String?
    /// The table of a database source; nil for a query and for a file.
    package var table: String?
    /// The query of a database source; nil for a table and for a file.
    package var sql: String?
    /// The column that identifies a row.
    package var primaryKey: String?
    package var primaryKeyPosition: SourcePosition?
    /// Types for sources without types, in the manifest's order.
    package var columns: [TypedColumn]
    /// Calculated fields, in the manifest's order; text unless `columns` gives a type.
    package var calculated: [CalculatedField]
    package var onBadValue: BadValuePolicy
    /// Where the manifest defines the model.
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

    /// The model of a sample: a file whose columns have the names of the fields.
    package var forSamples: Model {
        var model = self
        model.table = nil
        model.sql = nil
        model.boundBy = nil
        model.fields = fields?.map {
            Field($0.name, $0.type, isOptional: $0.isOptional, description: $0.description, position: $0.position)
        }
        return model
    }
}

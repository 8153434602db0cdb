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
        package var format: ColumnFormat
        package var position: SourcePosition?

        package init(_ name: String, _ type: ColumnType, format: ColumnFormat = ColumnFormat(), position: SourcePosition? = nil) {
            self.name = name
            self.type = type
            self.format = format
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
        /// How the values of `column` are written.
        package var format = ColumnFormat()
        /// How values are written in the activation's own samples.
        package var ownFormat = ColumnFormat()
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

    /// How to pick one row per user: what the user's rows share, and which of them counts.
    package struct OneRow: Equatable, Sendable {
        /// What the rows of a user share.
        package enum Key: Equatable, Sendable {
            /// The normalized address.
            case email
            case field(String)
        }

        /// The row that counts.
        package enum Keep: Equatable, Sendable {
            case first, last
            /// The one with the greatest value of a field.
            case newest(String)
        }

        package var key: Key
        package var keep: Keep
        package var position: SourcePosition?
        package var keepPosition: SourcePosition?

        package init(key: Key, keep: Keep, position: SourcePosition? = nil, keepPosition: SourcePosition? = nil) {
            self.key = key
            self.keep = keep
            self.position = position
            self.keepPosition = keepPosition
        }

        /// The fields that `key` and `keep` read.
        package var fields: Set<String> {
            var fields: Set<String> = []
            if case .field(let name) = key { fields.insert(name) }
            if case .newest(let name) = keep { fields.insert(name) }
            return fields
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
    /// The models whose rows belong to this one's, with the fields that are made of them.
    package var relations: [Relation] = []
    /// Whether a dropped row could hide that a person refuses, so that `onBadValue` must not be `drop`.
    package var hasConsent = false
    /// How to pick one row per user; nil if every row is a user.
    package var oneRow: OneRow?
    /// The fields in use: by rules, mapping, key, consent, hooks, and expressions. Values of other fields are not read. Nil uses all.
    package var used: Set<String>?
    /// Names that scripts mention. A column with such a name is read, but it need not exist.
    package var mentioned: Set<String> = []
    /// The activation's IANA time zone, for times without a zone if the source does not set one either.
    package var timezone = "UTC" {
        didSet { for index in relations.indices { relations[index].model.timezone = timezone } }
    }
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

    /// The model of a sample: a file whose columns have the names of the fields, also of those that are made of related rows.
    package var forSamples: Model {
        var model = self
        model.relations = []
        let aggregates = relations.flatMap(\.aggregates)
        model.columns += aggregates.compactMap { field in field.function.type.map { TypedColumn(field.name, $0, position: field.position) }
        }
        model.table = nil
        model.sql = nil
        model.boundBy = nil
        model.fields = fields?.map {
            var field = Field($0.name, $0.type, isOptional: $0.isOptional, description: $0.description, position: $0.position)
            (field.format, field.ownFormat) = ($0.ownFormat, $0.ownFormat)
            return field
        }
        return model
    }
}

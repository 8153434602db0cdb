/// The type of a column, as `columns:` of a manifest names it.
///
/// What each becomes in Lua stands in `docs/reference/hooks.md`.
package enum ColumnType: String, CaseIterable, Codable, Sendable {
    /// UTF-8 text.
    case text
    /// A 64-bit signed integer.
    case integer
    /// A 64-bit floating-point number.
    case number
    /// An exact decimal, kept as its digits.
    case decimal
    /// True or false.
    case boolean
    /// A moment, as whole seconds since 1970-01-01T00:00:00Z.
    case timestamp
    /// A calendar day, as `YYYY-MM-DD`.
    case date
    /// A JSON value, kept as its text.
    case json
    /// A list of texts, kept as the text of a JSON array of strings.
    case list

    /// How a batch stores the values of such a column.
    package var storage: Storage {
        switch self {
        case .text, .decimal, .date, .json, .list: .bytes
        case .integer, .boolean, .timestamp: .integers
        case .number: .numbers
        }
    }

    /// The buffer of a `RecordBatch` column that holds its values.
    package enum Storage: Sendable {
        /// UTF-8 in one buffer, cut by offsets.
        case bytes
        /// `Int64`; booleans as 0 and 1.
        case integers
        /// `Double`.
        case numbers
    }
}

/// A named, typed column of a model.
package struct Column: Equatable, Sendable {
    /// The field's name, as rules, mapping and scripts say it.
    package let name: String
    /// The type of its values.
    package let type: ColumnType
    /// Whether it stands for an optional field that the source is without: NULL in every row.
    package let isAbsent: Bool
    /// Who says that it is of this type.
    package let origin: TypeOrigin
    /// How the text of its values is read.
    package let format: ColumnFormat

    package init(
        _ name: String, _ type: ColumnType, isAbsent: Bool = false, origin: TypeOrigin = .declared, format: ColumnFormat = ColumnFormat()
    ) {
        self.name = name
        self.type = type
        self.isAbsent = isAbsent
        self.origin = origin
        self.format = format
    }
}

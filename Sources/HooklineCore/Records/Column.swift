/// The type of a column, with the name that a manifest uses for it.
///
/// `docs/reference/hooks.md` has the Lua type of each.
package enum ColumnType: String, CaseIterable, Codable, Sendable {
    /// UTF-8 text.
    case text
    /// A 64-bit signed integer.
    case integer
    /// A 64-bit floating-point number.
    case number
    /// An exact decimal, stored as text.
    case decimal
    /// True or false.
    case boolean
    /// A moment, in Unix seconds.
    case timestamp
    /// A calendar day, as `YYYY-MM-DD`.
    case date
    /// A JSON value, stored as text.
    case json
    /// A list of texts, stored as a JSON array of strings.
    case list

    /// How a batch stores values of the type.
    package var storage: Storage {
        switch self {
        case .text, .decimal, .date, .json, .list: .bytes
        case .integer, .boolean, .timestamp: .integers
        case .number: .numbers
        }
    }

    /// The buffer of a `ColumnBuffer` that holds the values.
    package enum Storage: Sendable {
        /// UTF-8, separated by offsets.
        case bytes
        /// `Int64`, with 0 and 1 for booleans.
        case integers
        /// `Double`.
        case numbers
    }
}

/// A named, typed column of a model.
package struct Column: Equatable, Sendable {
    /// The name of the field in rules, mapping and scripts.
    package let name: String
    package let type: ColumnType
    /// Whether it is an optional field that the source lacks, so that every row has NULL.
    package let isAbsent: Bool
    /// Where the type comes from.
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

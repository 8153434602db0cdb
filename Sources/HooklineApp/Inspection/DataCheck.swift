import HooklineCore

/// What reading all rows of an activation's source found: an element of `check --data --json`. It has nothing of a person in it.
package struct DataCheck: Encodable, Sendable {
    /// The values of a column that do not fit it.
    package struct BadValues: Encodable, Sendable {
        package let column: String
        package let type: String
        package let count: Int
        /// The most frequent shapes.
        package let shapes: [ColumnDescription.Shape]
        /// Values of other shapes than those.
        package let others: Int
    }

    /// The values of the email field.
    package struct Addresses: Encodable, Sendable {
        package let good: Int
        /// NULL, or unreadable.
        package let missing: Int
        package let bad: Int
    }

    package let activation: String
    /// Rows that were read.
    package let rows: Int
    /// Whether those are all; false after a row that nobody can read.
    package let whole: Bool
    package let badValues: [BadValues]
    package let addresses: Addresses
    /// What became of the model's expectations; nil without any, or if not all rows were read.
    package var expectations: [ExpectationFinding]?
    /// The state of the primary key; nil without one, or if not all rows were read.
    package var primaryKey: PrimaryKeyFinding?

    /// What a person should do something about; in the result of the whole check.
    let issues: [Issue]

    enum CodingKeys: String, CodingKey {
        case activation, rows, whole
        case badValues = "bad_values"
        case addresses, expectations
        case primaryKey = "primary_key"
    }
}

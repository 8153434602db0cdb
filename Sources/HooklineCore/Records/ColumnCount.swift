/// A column of a source, and how many of its values something is said of.
package struct ColumnCount: Equatable, Sendable {
    /// The column's name, as the model knows it.
    package let column: String
    /// How many values.
    package let count: Int

    package init(_ column: String, _ count: Int) {
        self.column = column
        self.count = count
    }
}

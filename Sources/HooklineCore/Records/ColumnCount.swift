/// How many values of a column are affected by something, such as being unreadable.
package struct ColumnCount: Equatable, Sendable {
    /// The column's name in the model.
    package let column: String
    package let count: Int

    package init(_ column: String, _ count: Int) {
        self.column = column
        self.count = count
    }
}

/// How many rows were read, and what became of values that do not fit.
package struct RowCounts: Equatable, Sendable {
    /// How many rows were read, including those dropped for a bad value.
    package var rowsRead = 0
    /// How many rows were dropped for a bad value.
    package var rowsDropped = 0
    /// How many values became unreadable, by the index of their column in a batch; columns at the end may be missing.
    package var unreadable: [Int] = []
    /// How many values are words for NULL, by the index of their column in a batch; columns at the end may be missing.
    package var nullWords: [Int] = []

    package init() {}

    /// What a cursor has counted so far.
    package init(_ cursor: any RowCursor) {
        rowsRead = cursor.rowsRead
        rowsDropped = cursor.rowsDropped
        unreadable = Self.byIndex(cursor.unreadable, cursor.columns)
        nullWords = Self.byIndex(cursor.nullWords, cursor.columns)
    }

    /// The unreadable values of each column that has some.
    package func unreadable(of columns: [Column]) -> [ColumnCount] { Self.byName(unreadable, columns) }

    /// The words for NULL in each column that has some.
    package func nullWords(of columns: [Column]) -> [ColumnCount] { Self.byName(nullWords, columns) }

    package static func += (left: inout RowCounts, right: RowCounts) {
        left.rowsRead += right.rowsRead
        left.rowsDropped += right.rowsDropped
        add(right.unreadable, to: &left.unreadable, +)
        add(right.nullWords, to: &left.nullWords, +)
    }

    /// What was counted after `right`.
    package static func - (left: RowCounts, right: RowCounts) -> RowCounts {
        var rest = left
        rest.rowsRead -= right.rowsRead
        rest.rowsDropped -= right.rowsDropped
        add(right.unreadable, to: &rest.unreadable, -)
        add(right.nullWords, to: &rest.nullWords, -)
        return rest
    }

    private static func add(_ counts: [Int], to sums: inout [Int], _ sum: (Int, Int) -> Int) {
        if sums.count < counts.count { sums += repeatElement(0, count: counts.count - sums.count) }
        for index in counts.indices { sums[index] = sum(sums[index], counts[index]) }
    }

    private static func byIndex(_ counts: [ColumnCount], _ columns: [Column]) -> [Int] {
        if counts.isEmpty { return [] }
        return columns.map { column in counts.first { $0.column == column.name }?.count ?? 0 }
    }

    private static func byName(_ counts: [Int], _ columns: [Column]) -> [ColumnCount] {
        zip(columns, counts).filter { $1 > 0 }.map { ColumnCount($0.name, $1) }
    }
}

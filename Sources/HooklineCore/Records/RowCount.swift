/// How many times something is true of rows, and the number of the first such row.
package struct RowCount: Equatable, Sendable {
    package private(set) var count = 0
    /// Nil if there is none.
    package private(set) var firstRow: Int?

    package init() {}

    /// Counts one more.
    ///
    /// - Parameter row: its number.
    package mutating func add(_ row: Int) {
        count += 1
        firstRow = min(firstRow ?? row, row)
    }

    /// Counts those of other rows, too.
    package static func += (count: inout RowCount, other: RowCount) {
        count.count += other.count
        if let row = other.firstRow { count.firstRow = min(count.firstRow ?? row, row) }
    }

    /// Counts one less. What the first row was stays known.
    package mutating func takeBack() { count -= 1 }
}

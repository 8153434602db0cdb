/// The shapes of some values: how often each comes up, and where first.
package struct ShapeCounts: Sendable {
    /// One shape.
    package struct Entry: Sendable {
        package let shape: String
        package fileprivate(set) var count = 0
        /// The numbers of the first rows that have it, from 1.
        package fileprivate(set) var rows: [Int] = []
    }

    /// Shapes that are told apart; values of later ones are only counted.
    private static let limit = 16
    /// Rows that are named of each.
    private static let rows = 3

    private var entries: [Entry] = []
    /// All values, those of shapes that are not told apart included.
    package private(set) var total = 0

    package init() {}

    /// Counts a value; its shape is asked for only where it matters.
    package mutating func note(_ shape: @autoclosure () -> String, row: Int) {
        total += 1
        let shape = shape()
        if let index = entries.firstIndex(where: { $0.shape == shape }) {
            entries[index].count += 1
            if entries[index].rows.count < Self.rows, entries[index].rows.last != row { entries[index].rows.append(row) }
        } else if entries.count < Self.limit {
            entries.append(Entry(shape: shape, count: 1, rows: [row]))
        }
    }

    /// Counts a value without its shape.
    package mutating func noteUnseen() { total += 1 }

    /// The most frequent shapes, at most so many.
    package func most(_ limit: Int) -> [Entry] {
        Array(entries.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element).prefix(limit))
    }
}

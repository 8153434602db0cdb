/// How often each shape of value occurs, and in which rows first.
package struct ShapeCounts: Sendable {
    /// A shape and its count.
    package struct Entry: Sendable {
        package let shape: String
        package fileprivate(set) var count = 0
        /// The first rows with this shape, from 1.
        package fileprivate(set) var rows: [Int] = []
    }

    /// The most shapes that are counted separately; later ones only count toward the total.
    private static let limit = 16
    /// The most rows that are recorded per shape.
    private static let rows = 3

    private var entries: [Entry] = []
    /// All values, including those whose shapes are not counted separately.
    package private(set) var total = 0

    package init() {}

    /// Counts a value; computes its shape only if needed.
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

    /// The most frequent shapes, at most `limit`.
    package func most(_ limit: Int) -> [Entry] {
        Array(entries.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element).prefix(limit))
    }
}

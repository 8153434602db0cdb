/// Counts the shapes of values, and notes the first rows of each.
package struct ShapeCounts: Sendable {
    package struct Entry: Sendable {
        package let shape: String
        package fileprivate(set) var count = 0
        /// The numbers of the first rows with the shape, from 1.
        package fileprivate(set) var rows: [Int] = []
    }

    /// How many shapes to keep; values of later shapes are only counted.
    private static let limit = 16
    /// How many row numbers to keep of each shape.
    private static let rows = 3

    private var entries: [Entry] = []
    /// The number of all values, including those whose shape was not kept.
    package private(set) var total = 0

    package init() {}

    /// Counts a value. `shape` is evaluated only if it is needed.
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

    /// The most frequent shapes, up to `limit`.
    package func most(_ limit: Int) -> [Entry] {
        Array(entries.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element).prefix(limit))
    }
}

import Foundation

/// What a figure must not exceed.
struct Bar {
    let limit: Double

    init(_ limit: Double) { self.limit = limit }

    /// `bar 0.80: met`.
    func verdict(on value: Double, _ format: String = "%.2f") -> String {
        String(format: "bar \(format): ", limit) + (value.isNaN ? "not measured" : value <= limit ? "met" : "not met")
    }
}

/// Rows of cells in columns, the first to the left and the others to the right.
enum Columns {
    static func print(_ rows: [[String]]) {
        let width = rows.map(\.count).max() ?? 0
        let widths = (0..<width).map { column in rows.compactMap { $0.indices.contains(column) ? $0[column].count : nil }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }
            Swift.print(cells.joined(separator: "  "))
        }
    }
}

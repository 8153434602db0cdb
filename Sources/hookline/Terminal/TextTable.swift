import HooklineCore
import Text

/// A table with aligned columns, for a terminal.
struct TextTable {
    private var rows: [[String]] = []
    private let rightAligned: Set<Int>

    /// - Parameters:
    ///   - header: its first row; nil for none.
    ///   - rightAligned: the columns of numbers, from 0.
    init(header: [String]? = nil, rightAligned: Set<Int> = []) {
        self.rightAligned = rightAligned
        if let header { rows.append(header) }
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells.map(\.onOneLine)) }

    /// The table, with `indent` before each line.
    func text(indent: String = "") -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += rightAligned.contains(column) ? padding + cell : cell + padding
                if column + 1 < row.count { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}

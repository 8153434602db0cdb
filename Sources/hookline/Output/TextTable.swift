import HooklineCore
import Text

/// Lines up columns for a terminal.
struct TextTable {
    private var rows: [[String]] = []
    private let rightAligned: Set<Int>

    /// A table in which the columns at `rightAligned` hold numbers.
    init(header: [String]? = nil, rightAligned: Set<Int> = []) {
        self.rightAligned = rightAligned
        if let header { rows.append(header) }
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells.map(\.onOneLine)) }

    /// The table, each line after `indent`.
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

import HooklineCore
import Text

/// A table with aligned columns, for a terminal.
///
/// On a narrow terminal cells continue on the next line, at a space. Where that is not enough, every row of a table with a header becomes a
/// few lines, one a cell. Nothing is cut, so that an ID can always be copied.
struct TextTable {
    private var rows: [[String]] = []
    private let rightAligned: Set<Int>
    private let hasHeader: Bool

    /// - Parameters:
    ///   - header: its first row; nil for none.
    ///   - rightAligned: the columns of numbers, from 0.
    init(header: [String]? = nil, rightAligned: Set<Int> = []) {
        self.rightAligned = rightAligned
        hasHeader = header != nil
        if let header { rows.append(header) }
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells.map(\.onOneLine)) }

    /// The table, with `indent` before each line, in at most `limit` columns; nil for as many as it takes.
    func text(indent: String = "", width limit: Int? = TerminalWidth.output) -> String {
        let natural = widths { $0.count }
        let room = (limit ?? .max) - indent.count
        if Self.total(natural) <= room { return aligned(natural, indent) }
        let widths = narrowed(natural, to: room)
        if Self.total(widths) > room, hasHeader, rows.count > 1 { return stacked(indent) }
        return aligned(widths, indent)
    }

    private static let gap = 2

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + max(0, widths.count - 1) * gap }

    private func widths(_ measure: (String) -> Int) -> [Int] {
        (0..<(rows.map(\.count).max() ?? 0)).map { column in rows.map { column < $0.count ? measure($0[column]) : 0 }.max() ?? 0 }
    }

    /// The widths with the widest columns made narrower, down to their longest words.
    private func narrowed(_ natural: [Int], to room: Int) -> [Int] {
        var widths = natural
        let least = self.widths { $0.split(separator: " ").map(\.count).max() ?? 0 }
        while Self.total(widths) > room {
            let narrowable = widths.indices.filter { widths[$0] > least[$0] && !rightAligned.contains($0) }
            guard let widest = narrowable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func aligned(_ widths: [Int], _ indent: String) -> String {
        rows.flatMap { row -> [String] in
            let cells = row.enumerated().map { Self.lines(of: $1, width: widths[$0]) }
            return (0..<(cells.map(\.count).max() ?? 1)).map { number in
                var line = indent
                for (column, lines) in cells.enumerated() {
                    let cell = number < lines.count ? lines[number] : ""
                    let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
                    line += rightAligned.contains(column) ? padding + cell : cell + padding
                    if column + 1 < row.count { line += String(repeating: " ", count: Self.gap) }
                }
                while line.last == " " { line.removeLast() }
                return line
            }
        }.joined(separator: "\n")
    }

    /// A cell on as many lines as it takes, each at most `width` long unless a word is longer.
    private static func lines(of cell: String, width: Int) -> [String] {
        if cell.count <= width { return [cell] }
        var lines: [String] = []
        // Spaces at the beginning are an indentation.
        var line = String(cell.prefix { $0 == " " })
        var isBegun = false
        for word in cell.split(separator: " ") {
            if isBegun, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(word)
            } else {
                line += (isBegun ? " " : "") + word
            }
            isBegun = true
        }
        return lines + [line]
    }

    /// Each row as lines of name and value.
    private func stacked(_ indent: String) -> String {
        let width = rows[0].map(\.count).max() ?? 0
        return rows.dropFirst().map { row in
            zip(rows[0], row).filter { !$1.isEmpty }.map { name, cell in
                indent + name + String(repeating: " ", count: width - name.count + Self.gap) + cell
            }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

import Text

/// An UpSet plot of overlapping segments, as SVG: a bar for each combination, above the sets that it is in.
///
/// The form is that of Lex, Gehlenborg, Strobelt, Vuillemot, and Pfister, "UpSet: Visualization of Intersecting Sets", 2014.
struct UpSetPlot {
    let overlap: SegmentOverlapOutput

    /// Combinations.
    private static let limit = 40
    // Pixels.
    private static let (row, column, barHeight, top, sizeWidth, gap) = (24, 28, 160, 40, 120, 12)

    var svg: String {
        let shown = Array(overlap.combinations.prefix(Self.limit))
        let names = overlap.sets.map(\.name)
        let nameWidth = 8 * (names.map { min($0.count, 60) }.max() ?? 0) + Self.gap
        let left = Self.sizeWidth + nameWidth + 2 * Self.gap
        let matrix = Self.top + Self.barHeight + Self.gap
        let width = left + max(shown.count, 1) * Self.column + Self.gap
        let height = matrix + max(names.count, 1) * Self.row + 2 * Self.gap + 16
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>",
            text(NumberText.counted(overlap.users, "user", "users") + " in \(names.count) sets", Self.gap, 20, "start"),
        ]
        let mostUsers = max(shown.map(\.users).max() ?? 0, 1)
        for (index, combination) in shown.enumerated() {
            let x = left + index * Self.column + Self.column / 2
            let length = combination.users * Self.barHeight / mostUsers
            lines.append(rectangle(x - 8, Self.top + Self.barHeight - length, 16, length))
            lines.append(
                "<text x=\"\(x)\" y=\"\(Self.top + Self.barHeight - length - 4)\" text-anchor=\"middle\" font-size=\"9\">\(NumberText.grouped(combination.users))</text>"
            )
        }
        let mostInSet = max(overlap.sets.map(\.users).max() ?? 0, 1)
        for (index, set) in overlap.sets.enumerated() {
            let y = matrix + index * Self.row + Self.row / 2
            let length = set.users * (Self.sizeWidth - 60) / mostInSet
            lines.append(rectangle(Self.gap + Self.sizeWidth - length, y - 7, length, 14))
            lines.append(text(NumberText.grouped(set.users), Self.gap + Self.sizeWidth - length - 4, y + 4, "end"))
            lines.append(text(set.name, left - Self.gap, y + 4, "end"))
            for (column, combination) in shown.enumerated() {
                let x = left + column * Self.column + Self.column / 2
                let color = combination.sets.contains(set.name) ? "#1f3a5f" : "#d8dde3"
                lines.append("<circle cx=\"\(x)\" cy=\"\(y)\" r=\"6\" fill=\"\(color)\"/>")
            }
        }
        for (column, combination) in shown.enumerated() {
            let rows = names.indices.filter { combination.sets.contains(names[$0]) }
            guard let first = rows.first, let last = rows.last, first < last else { continue }
            let x = left + column * Self.column + Self.column / 2
            lines.append(rectangle(x - 1, matrix + first * Self.row + Self.row / 2, 2, (last - first) * Self.row))
        }
        let rest = overlap.combinations.count + overlap.otherCombinations - shown.count
        if rest > 0 {
            let users = overlap.users - shown.reduce(0) { $0 + $1.users }
            lines.append(
                text(
                    "\(NumberText.grouped(rest)) more combinations with \(NumberText.grouped(users)) users are not shown", Self.gap,
                    height - 8, "start"))
        }
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private func rectangle(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"#1f3a5f\"/>"
    }

    private func text(_ text: String, _ x: Int, _ y: Int, _ anchor: String) -> String {
        let shown = text.count > 60 ? text.prefix(59) + "…" : text
        let escaped = shown.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">\(escaped)</text>"
    }
}

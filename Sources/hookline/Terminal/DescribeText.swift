import HooklineApp
import Text

/// What a source holds, for a terminal.
struct DescribeText {
    let description: SourceDescription
    /// How many columns are shown.
    let columnsShown: Int

    var text: String {
        var parts = [head, table]
        let details = shown.compactMap { self.details($0) }
        if !details.isEmpty { parts.append(details.joined(separator: "\n")) }
        let notes = description.notes.map { "note: \($0)" } + (hidden > 0 ? ["note: \(count(hidden)) more columns; --all prints them"] : [])
        if !notes.isEmpty { parts.append(notes.joined(separator: "\n")) }
        if !description.block.isEmpty { parts.append(block) }
        return parts.joined(separator: "\n\n")
    }

    private var shown: ArraySlice<ColumnDescription> { description.columns.prefix(columnsShown) }
    private var hidden: Int { description.columns.count - shown.count }

    private var head: String {
        let table = description.table.map { ", table \($0)" } ?? ""
        let rows = (description.whole ? "" : "of the first ") + counted(description.rows, "row")
        return "\(description.source) (\(description.kind)\(table)): \(rows), \(counted(description.columns.count, "column"))"
    }

    private var table: String {
        var table = TextTable(
            header: ["column", "type", "values", "NULL", "empty", "distinct", "least", "most"], rightAligned: [2, 3, 4, 5, 6, 7])
        for column in shown {
            table.add(
                name(column), column.type ?? column.choices.joined(separator: " or "), count(column.values),
                count(column.nulls + column.absent), count(column.empties),
                (column.distinct.exact ? "" : "≥ ") + count(column.distinct.count), column.least ?? "", column.most ?? "")
        }
        return table.text()
    }

    /// What the table has no room for; nil when there is nothing more to say.
    private func details(_ column: ColumnDescription) -> String? {
        var lines: [String] = []
        if let misfits = column.misfits {
            lines.append(
                "\(misfits.type) fits \(percent(column, misfits)), but for \(counted(misfits.count, "value")): \(shapes(misfits.shapes, misfits.others))"
            )
        } else if !column.shapes.isEmpty {
            let rest = column.values - column.shapes.reduce(0) { $0 + $1.count }
            lines.append("looks like \(shapes(column.shapes, rest))")
        }
        if column.addresses > 0 { lines.append("\(count(column.addresses)) of \(count(column.values)) values are email addresses") }
        if column.absent > 0 { lines.append("absent in \(counted(column.absent, "row"))") }
        if !column.nullWords.isEmpty {
            let words = column.nullWords.sorted { $0.key < $1.key }.map { "\($0.key) (\(count($0.value)))" }.joined(separator: ", ")
            lines.append("words that look like NULL: \(words)")
        }
        lines += column.notes
        return lines.isEmpty ? nil : "\(name(column)):\n" + lines.map { "  \($0.onOneLine)" }.joined(separator: "\n")
    }

    private func shapes(_ shapes: [ColumnDescription.Shape], _ others: Int) -> String {
        let told = shapes.map { shape in
            "\(shape.shape) (\(count(shape.count)): row \(shape.rows.map { count($0) }.joined(separator: ", "))\(shape.count > shape.rows.count ? ", …" : ""))"
        }.joined(separator: "; ")
        return told + (others > 0 ? "; \(count(others)) others" : "")
    }

    private func percent(_ column: ColumnDescription, _ misfits: ColumnDescription.Misfits) -> String {
        let share = column.types.first { $0.type == misfits.type }?.share ?? 0
        let tenths = Int((share * 1_000).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// The lines to paste, cut as the table is.
    private var block: String {
        let lines = description.block.split(separator: "\n", omittingEmptySubsequences: false)
        guard columnsShown < description.columns.count else { return description.block }
        let shown = lines.prefix(columnsShown + 1).joined(separator: "\n")
        return lines.count > columnsShown + 1 ? "\(shown)\n  # … \(count(lines.count - columnsShown - 1)) more lines" : shown
    }

    private func name(_ column: ColumnDescription) -> String {
        column.name.map { String($0.onOneLine.prefix(60)) } ?? "column \(column.column)"
    }

    private func counted(_ number: Int, _ noun: String) -> String { "\(count(number)) \(noun)\(number == 1 ? "" : "s")" }

    private func count(_ number: Int) -> String { NumberText.grouped(number) }
}

import Text

/// Writes the `columns:` block of a manifest, with comments where a person must decide.
struct ColumnsBlock {
    private let columns: [ColumnDescription]
    private let nullValues: Set<String>

    /// - Parameters:
    ///   - columns: the columns.
    ///   - nullValues: the words that the source still needs under `null_values`; types of columns that have them are commented out.
    init(_ columns: [ColumnDescription], nullValues: [String]) {
        self.columns = columns
        self.nullValues = Set(nullValues)
    }

    /// - Parameter indent: the text before each line.
    /// - Returns: the block; empty if no column has a name to write.
    func text(indent: String) -> String {
        var seen: Set<String> = []
        let lines = columns.flatMap { column -> [String] in
            guard let name = column.name, seen.insert(name).inserted else { return [] }
            return self.lines(ColumnSpelling.key(name), column)
        }
        guard !lines.isEmpty else { return "" }
        // A key with only comments under it would not be a mapping.
        let hasEntry = lines.contains { !$0.hasPrefix("#") }
        return ([indent + (hasEntry ? "columns:" : "# columns:")] + lines.map { "\(indent)  \($0)" }).joined(separator: "\n")
    }

    private func lines(_ key: String, _ column: ColumnDescription) -> [String] {
        guard let type = column.type else {
            return ["# \(key) is one of these:"] + column.choices.map { "#   \(key): \($0)" }
        }
        if column.values == 0 { return ["# \(key): it has no values"] }
        if type != "text", !nullValues.isDisjoint(with: column.nullWords.keys) {
            return ["# \(key): \(type)   # once the source has null_values"]
        }
        guard let misfits = column.misfits else { return ["\(key): \(type)"] }
        let rows = misfits.shapes.flatMap(\.rows).sorted().prefix(3).map { NumberText.grouped($0) }.joined(separator: ", ")
        return [
            "\(key): text   # \(misfits.type), but for \(NumberText.grouped(misfits.count)) of \(NumberText.grouped(column.values)) values (row \(rows)\(misfits.count > 3 ? ", …" : ""))"
        ]
    }
}

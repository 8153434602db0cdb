import HooklineCore
import HooklineManifest
import HooklineSources
import Text

/// What a source contains: the shape of `describe --json`.
package struct SourceDescription: Encodable, Sendable {
    package let source: String
    /// The type of the source, such as `csv` or `postgres`.
    package let kind: String
    /// The table of a database; null for a file and for a query.
    package let table: String?
    /// How many rows were read.
    package let rows: Int
    /// Whether these are all rows.
    package let whole: Bool
    /// The delimiter of the file, if it is plainly not the source's; null otherwise.
    package let delimiter: String?
    package let columns: [ColumnDescription]
    /// Words that look like NULL, for the source's `null_values`.
    package let nullValues: [String]
    /// The `columns:` block of a model, ready to paste.
    package let block: String
    package let notes: [String]

    enum CodingKeys: String, CodingKey {
        case source, kind, table, rows, whole, delimiter, columns
        case nullValues = "null_values"
        case block, notes
    }

    /// The columns that seem to be the address, the key, and the consent.
    let roles: ColumnRoles

    init(_ profile: SourceProfile, of configuration: SourceConfiguration, table: String?) {
        source = configuration.name
        kind = configuration.kind.rawValue
        self.table = table
        rows = profile.rows
        whole = profile.isWhole
        delimiter = profile.delimiter
        let names = ShownNames(profile.columns.map(\.name), areKeys: configuration.kind == .jsonl)
        let advice = profile.columns.map { ColumnAdvice($0) }
        columns = profile.columns.indices.map { index in
            ColumnDescription(profile.columns[index], advice[index], name: names[index], column: index + 1)
        }
        nullValues = Set(columns.flatMap(\.nullWords.keys)).sorted()
        roles = ColumnRoles(columns, rows: profile.rows)
        block = ColumnsBlock(columns, nullValues: []).text(indent: "")
        notes = Self.notes(profile, names, nullValues, configuration)
    }

    private static func notes(
        _ profile: SourceProfile, _ names: ShownNames, _ nullValues: [String], _ configuration: SourceConfiguration
    ) -> [String] {
        var notes: [String] = []
        if !profile.isWhole {
            notes.append(
                "this describes only the first \(NumberText.counted(profile.rows, "row", "rows")); later ones may differ"
            )
        }
        if profile.rows == 0 { notes.append("the source has no rows") }
        if let delimiter = profile.delimiter {
            // A file outside the workspace has its path for a name.
            notes.append(
                configuration.name == configuration.path
                    ? "the fields of the file seem to be separated by \(delimiter), which is used here; to read it so: --delimiter \(delimiter)"
                    : "the file has another delimiter than the source says; set delimiter: \(delimiter)")
        }
        if names.areHidden {
            notes.append(
                "the first line looks like a row, so its cells are not shown as names; if it is a row, add a header line above it"
            )
        } else if names.hiddenCount > 0 {
            notes.append("\(NumberText.grouped(names.hiddenCount)) names are missing or look like values, and are not shown")
        }
        let twice = names.repeated
        if twice > 0 {
            notes.append("\(NumberText.grouped(twice)) columns have the name of an earlier one; a run that uses such a name stops")
        }
        if !nullValues.isEmpty {
            notes.append(
                "words that mean NULL in many exports are text until the source says: null_values: [\(nullValues.map(YAMLText.quoted).joined(separator: ", "))]"
            )
        }
        return notes
    }
}

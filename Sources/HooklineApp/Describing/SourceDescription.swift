import HooklineCore
import HooklineSources
import Text

/// What a source holds: the shape of `describe --json`.
package struct SourceDescription: Encodable, Sendable {
    package let source: String
    /// `csv`, `jsonl`, or `sqlite`.
    package let kind: String
    /// Of a database; null for a file and for a query.
    package let table: String?
    /// Rows that were read.
    package let rows: Int
    /// Whether those are all rows.
    package let whole: Bool
    /// What separates the fields, where it is plainly not what the source says; null otherwise.
    package let delimiter: String?
    package let columns: [ColumnDescription]
    /// Words that look like NULL: what `null_values` of the source should have.
    package let nullValues: [String]
    /// `columns:` of a model, ready to paste.
    package let block: String
    package let notes: [String]

    enum CodingKeys: String, CodingKey {
        case source, kind, table, rows, whole, delimiter, columns
        case nullValues = "null_values"
        case block, notes
    }

    /// Which columns are an address, a key, a consent.
    let roles: ColumnRoles

    init(_ profile: SourceProfile, of configuration: SourceConfiguration, table: String?) {
        source = configuration.name
        kind = configuration.kind.rawValue
        self.table = table
        rows = profile.rows
        whole = profile.isWhole
        delimiter = profile.delimiter
        let names = ShownNames(profile.columns.map(\.name))
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
                "these are facts of the first \(NumberText.grouped(profile.rows)) \(profile.rows == 1 ? "row" : "rows"): later ones may differ"
            )
        }
        if profile.rows == 0 { notes.append("the source has no rows") }
        if let delimiter = profile.delimiter {
            notes.append("the fields are separated by another delimiter than the source says: delimiter: \(delimiter)")
        }
        if names.areHidden {
            notes.append(
                "the first line looks like a row, so its cells are not shown as names; if it is one, add a line above it that names the columns"
            )
        } else if names.hiddenCount > 0 {
            notes.append("\(NumberText.grouped(names.hiddenCount)) names are missing or look like values, and are not shown")
        }
        let twice = names.repeated
        if twice > 0 {
            notes.append("\(NumberText.grouped(twice)) columns have the name of an earlier one; a run refuses those that it uses")
        }
        if !nullValues.isEmpty {
            notes.append(
                "words that mean NULL in many exports are text until the source says: null_values: [\(nullValues.map(ColumnSpelling.quoted).joined(separator: ", "))]"
            )
        }
        return notes
    }
}

/// The names of columns that may be shown: without a header, the first line is about a person.
struct ShownNames {
    private let names: [String]
    /// Whether the line looks like a row, so that none is shown.
    let areHidden: Bool

    init(_ names: [String]) {
        self.names = names
        let written = names.filter { !$0.isEmpty }
        areHidden = written.contains(where: ColumnNames.looksLikeValue) && !written.contains { NameWords($0).isOfHeader }
    }

    /// The name of a column; nil when it is not shown.
    subscript(index: Int) -> String? {
        areHidden || names[index].isEmpty || ColumnNames.looksLikeValue(names[index]) ? nil : names[index]
    }

    var hiddenCount: Int { names.indices.count { self[$0] == nil } }

    /// Columns with the name of an earlier one.
    var repeated: Int { names.count - Set(names).count }
}

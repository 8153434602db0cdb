import HooklineCore
import Text

/// A table of a source that is made of files.
struct DuckDBTable {
    /// What DuckDB reads the files as.
    enum Format: String {
        case parquet, csv, json
    }

    let name: String
    /// At least one, each once, in the order in which they are read.
    let files: [String]
    let format: Format
    /// The same files under names that DuckDB does not take for patterns.
    var paths: [String]
    /// The types of a CSV table's columns, in order, once they are known.
    var types: [(name: String, type: String)] = []

    /// Finds the files of a table.
    ///
    /// - Throws: `sources.no_files`, `sources.not_a_file`, `sources.wrong_format`, `sources.unreadable`.
    init(_ table: DuckDBSettings.Table, of source: SourceConfiguration) throws {
        var files: [String] = []
        for pattern in table.files {
            let found = try FileGlob.files(pattern)
            if found.isEmpty {
                throw SourceError(
                    .noFiles, at: .init(source.name),
                    "the table '\(table.name)' has no file: nothing matches '\(pattern.onOneLine)'; correct its pattern, or write the files first"
                )
            }
            files += found.filter { !files.contains($0) }
        }
        var formats: [Format] = []
        for file in files {
            guard let format = Self.format(of: file) else {
                throw SourceError(
                    .wrongFormat, at: .init(file.onOneLine),
                    "the table '\(table.name)' takes files that end in .parquet, .csv, .tsv, .json, .jsonl, or .ndjson, the last five also with .gz or .zst"
                )
            }
            if !formats.contains(format) { formats.append(format) }
        }
        guard formats.count == 1 else {
            throw SourceError(
                .wrongFormat, at: .init(source.name),
                "the table '\(table.name)' mixes \(formats.map(\.rawValue).joined(separator: " and ")) files; make a table of each, and put them together with UNION ALL BY NAME"
            )
        }
        name = table.name
        (self.files, paths) = (files, files)
        format = formats[0]
    }

    /// What the end of a path says; nil for another end.
    static func format(of path: String) -> Format? {
        var name = path.lowercased()
        if [".parquet", ".pq"].contains(where: name.hasSuffix) { return .parquet }
        for compression in [".gz", ".zst"] where name.hasSuffix(compression) { name.removeLast(compression.utf8.count) }
        if [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) { return .csv }
        return [".json", ".jsonl", ".ndjson"].contains(where: name.hasSuffix) ? .json : nil
    }

    /// The table as a function of DuckDB.
    ///
    /// What DuckDB would guess and pass over in silence is fixed: there is a header, no line is a comment, only `"` quotes, and no line has too
    /// few fields.
    ///
    /// - Parameter options: more options, such as those for guessing types.
    /// - Returns: a call that stands for the rows.
    func function(_ options: String = "") -> String {
        let list = "[\(paths.map(DuckDBText.literal).joined(separator: ", "))]"
        switch format {
        case .parquet: return "read_parquet(\(list))"
        case .csv:
            return
                "read_csv(\(list), header = true, quote = '\"', escape = '\"', comment = '', skip = 0, null_padding = false, ignore_errors = false\(options))"
        case .json:
            let lines = files.contains { !$0.lowercased().contains(".json.") && !$0.lowercased().hasSuffix(".json") }
            return "read_json(\(list), sample_size = -1\(lines ? ", format = 'newline_delimited'" : ""))"
        }
    }

    /// The statement that makes the table.
    var statement: String {
        let list = types.map { "\(DuckDBText.literal($0.name)): \(DuckDBText.literal($0.type))" }.joined(separator: ", ")
        return "CREATE TEMP VIEW \(SQLText.name(name)) AS SELECT * FROM \(function(types.isEmpty ? "" : ", types = {\(list)}"));"
    }
}

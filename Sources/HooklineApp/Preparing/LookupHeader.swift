import HooklineCore
import HooklineSources

/// The columns of a lookup file.
enum LookupHeader {
    /// Compares a workspace's file with the package's own that it stands for. Otherwise a column that scripts need for a few users only
    /// would be missed in the middle of a run.
    ///
    /// - Throws: `IssuesFound`, when it lacks a column.
    static func check(_ lookupOverride: LookupOverride, own path: String) throws {
        guard case .file(let file) = lookupOverride.content, let wanted = try? columns(of: path) else { return }
        let found: [String]
        do { found = try columns(of: file) } catch let error as SourceError where error.code == .emptyFile || error.code == .badHeader {
            throw IssuesFound([
                Issue("manifest.wrong_value", "\(error.message). \(words(lookupOverride, wanted))", at: lookupOverride.position)
            ])
        }
        let missing = wanted.filter { !found.contains($0) }
        if missing.isEmpty { return }
        throw IssuesFound([
            Issue(
                "manifest.wrong_value",
                "'\(file)' has no column '\(missing[0])'; \(words(of: found)). \(words(lookupOverride, wanted))",
                at: lookupOverride.position)
        ])
    }

    private static func words(of found: [String]) -> String {
        // Without a header, the first line is about a person.
        if found.contains(where: ColumnNames.looksLikeValue) { return "its first line is a row, not the names of columns" }
        return "it has " + found.map { "'\($0.prefix(40))'" }.joined(separator: ", ")
    }

    private static func words(_ lookupOverride: LookupOverride, _ wanted: [String]) -> String {
        "It stands for 'lookups/\(lookupOverride.name)' and needs the same columns, separated by commas: \(wanted.joined(separator: ","))"
    }

    private static func columns(of path: String) throws -> [String] {
        try SourceFactory.columns(SourceConfiguration(name: path, kind: .csv, path: path), model: Model()).map(\.name)
    }
}

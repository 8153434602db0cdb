import HooklineCore

/// Reads what an entry of `sources:` says of its tables.
struct DuckDBReader {
    let resolver: ReferenceResolver
    let findings: Findings

    /// Reads the tables and limits. What is not resolved goes to `shared`.
    func read(_ entry: Tree.Entry, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>) -> DuckDBSettings {
        let tree = entry.value
        var settings = DuckDBSettings(environment: resolver.environment)
        for table in tree["tables"]?.entries ?? [] {
            let patterns = (table.value.items ?? [table.value]).filter { $0.text != nil }
            let files = patterns.map { pattern in
                let resolved = resolver.resolved(pattern)
                shared.unresolved += resolved.unresolved
                if !resolved.unresolved.isEmpty { shared.isIncomplete = true }
                return ManifestFiles.absolute(resolved.text, in: resolver.root)
            }
            if let twin = settings.tables.first(where: { $0.name.lowercased() == table.key.lowercased() }) {
                findings.report(
                    .duplicateKey,
                    "the tables \(quoted(twin.name)) and \(quoted(table.key)) differ only in case, which SQL ignores; rename one",
                    at: table.keyPosition)
            }
            settings.tables.append(DuckDBSettings.Table(table.key, files: files))
        }
        settings.tables.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        if tree.entry("path") == nil, tree["tables"]?.entries.isEmpty ?? true {
            findings.report(
                .missingKey,
                "a duckdb source needs 'tables', such as tables: { users: data/users/*.parquet }, or the 'path' of a database, or both",
                at: entry.keyPosition)
        }
        if let limit = tree["memory_limit"]?.text.flatMap(Measure.bytes) { settings.memoryLimit = limit }
        if let threads = tree["threads"]?.text.flatMap({ Int($0) }) { settings.threads = threads }
        settings.timeout = tree["statement_timeout"]?.text.flatMap(Measure.timeLimit)
        return settings
    }
}

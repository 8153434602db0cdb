import HooklineCore

/// Reads one entry of `sources:`.
struct SourceReader {
    let resolver: ReferenceResolver
    let findings: Findings

    func read(_ entry: Tree.Entry) -> WorkspaceDocument.Shared<SourceConfiguration> {
        var shared = WorkspaceDocument.Shared<SourceConfiguration>(value: nil, position: entry.keyPosition)
        let tree = entry.value
        guard let kind = tree["type"]?.text.flatMap(SourceConfiguration.Kind.init) else { return shared }
        var source = SourceConfiguration(name: entry.key, kind: kind, position: entry.keyPosition)
        if let path = tree["path"], path.text != nil {
            let resolved = resolver.resolved(path)
            source.path = ManifestFiles.absolute(resolved.text, in: resolver.root)
            shared.pathPosition = path.position
            shared.unresolved += resolved.unresolved
            shared.isIncomplete = !resolved.unresolved.isEmpty
        }
        if kind == .duckdb {
            source.duckdb = DuckDBReader(resolver: resolver, findings: findings).read(entry, &shared)
        } else if kind.isPostgreSQL {
            source.server = ServerReader(resolver: resolver, findings: findings).read(tree, &shared)
        } else if kind.hasDriver {
            source.driver = DriverSourceReader(resolver: resolver, findings: findings).read(tree, kind, &shared)
        }
        if let delimiter = tree["delimiter"]?.text { source.delimiter = Self.delimiter(delimiter) }
        if let encoding = tree["encoding"]?.text.flatMap(FileFormat.Encoding.init) { source.file.encoding = encoding }
        if let escape = tree["escape"]?.text.flatMap(FileFormat.Escape.init) { source.file.escape = escape }
        if let count = tree["skip_lines"]?.text.flatMap({ Int($0) }) { source.file.skippedLines = count }
        source.nullValues = (tree["null_values"]?.items ?? []).compactMap(\.text)
        source.trims = tree["trim"]?.boolean ?? true
        source.pushesDown = tree["push_down"]?.boolean ?? true
        source.timezone = tree["timezone"]?.text.flatMap { ZoneOffsets(named: $0) == nil ? nil : $0 }
        shared.value = source
        return shared
    }

    private static func delimiter(_ text: String) -> UInt8 {
        switch text {
        case "\\t", "tab": UInt8(ascii: "\t")
        default: text.utf8.first ?? UInt8(ascii: ",")
        }
    }
}

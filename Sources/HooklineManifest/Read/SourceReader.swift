import HooklineCore

/// Reads one entry of `sources:`.
struct SourceReader {
    let resolver: ReferenceResolver

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
        if let address = tree["url"] ?? tree["dsn"], let secret = resolver.secret(address) {
            source.url = secret
            shared.unresolved += resolver.missing(secret, at: address.position)
        }
        if let delimiter = tree["delimiter"]?.text { source.delimiter = Self.delimiter(delimiter) }
        shared.value = source
        return shared
    }

    private static func delimiter(_ text: String) -> UInt8 {
        switch text {
        case ";": UInt8(ascii: ";")
        case "\t", "\\t", "tab": UInt8(ascii: "\t")
        default: UInt8(ascii: ",")
        }
    }
}

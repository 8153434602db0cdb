import HooklineCore

/// Reads what an entry of `sources:` says of its server.
struct ServerReader {
    let resolver: ReferenceResolver
    let findings: Findings

    /// Reads the server. What is not resolved goes to `shared`.
    func read(_ tree: Tree, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>) -> DatabaseServer {
        var server = DatabaseServer()
        server.url = secret(tree["url"], &shared)
        server.password = secret(tree["password"], &shared)
        server.host = text(tree["host"], &shared)
        server.database = text(tree["database"], &shared)
        server.user = text(tree["user"], &shared)
        server.rootCertificates = text(tree["sslrootcert"], &shared).flatMap { path in
            path == "system" ? nil : ManifestFiles.absolute(path, in: resolver.root)
        }
        server.port = tree["port"]?.text.flatMap { Int($0) }
        server.encryption = tree["sslmode"]?.text.flatMap(DatabaseServer.Encryption.init)
        if let seconds = tree["connect_timeout"]?.text.flatMap({ Int($0) }) { server.connectTimeout = seconds }
        server.statementTimeout = tree["statement_timeout"]?.text.flatMap(Measure.timeLimit)
        server.schema = tree["schema"]?.text
        if let host = tree.entry("host") {
            for key in ["database", "user"] where tree.entry(key) == nil {
                findings.report(.missingKey, "a server that is named by its 'host' needs '\(key)', too", at: host.keyPosition)
            }
        }
        return server
    }

    private func secret(_ tree: Tree?, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>) -> HiddenText? {
        guard let tree, let secret = resolver.secret(tree) else { return nil }
        shared.unresolved += resolver.missing(secret, at: tree.position)
        return (try? resolver.value(of: secret)).map { HiddenText($0) }
    }

    private func text(_ tree: Tree?, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>) -> String? {
        guard let tree, tree.text != nil else { return nil }
        let resolved = resolver.resolved(tree)
        shared.unresolved += resolved.unresolved
        if !resolved.unresolved.isEmpty { shared.isIncomplete = true }
        return resolved.text
    }
}

import HooklineCore

/// Reads what an entry of `sources:` says of its server.
struct ServerReader {
    let resolver: ReferenceResolver
    let findings: Findings

    /// Reads the server. What is not resolved goes to `shared`.
    func read(_ tree: Tree, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>) -> DatabaseServer {
        var server = DatabaseServer()
        server.url = resolver.secret(tree["url"], &shared)
        server.password = resolver.secret(tree["password"], &shared)
        server.host = resolver.text(tree["host"], &shared)
        server.database = resolver.text(tree["database"], &shared)
        server.user = resolver.text(tree["user"], &shared)
        server.rootCertificates = resolver.text(tree["sslrootcert"], &shared).flatMap { path in
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
}

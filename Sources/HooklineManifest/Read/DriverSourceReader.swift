import HooklineCore

/// Reads what an entry of `sources:` says of its driver.
struct DriverSourceReader {
    let resolver: ReferenceResolver
    let findings: Findings

    /// Reads the connection. What is not resolved goes to `shared`.
    func read(_ tree: Tree, _ kind: SourceConfiguration.Kind, _ shared: inout WorkspaceDocument.Shared<SourceConfiguration>)
        -> DriverSettings
    {
        var settings = DriverSettings()
        if kind == .adbc { settings.folder = resolver.environment["HOOKLINE_ADBC"].flatMap { $0.isEmpty ? nil : $0 } }
        settings.url = resolver.secret(tree["url"], &shared)
        settings.driver = resolver.text(tree["driver"], &shared)
        settings.dsn = resolver.text(tree["dsn"], &shared)
        settings.user = resolver.text(tree["user"], &shared)
        settings.password = resolver.secret(tree["password"], &shared)
        for entry in tree["options"]?.entries ?? [] {
            if Self.isSecret(entry.key) || entry.value.text?.first == "{" && entry.key.hasSuffix("credentials") {
                findings.report(
                    .literalSecret,
                    "the setting \(quoted(entry.key)) is a secret; put it under 'secrets', where only a reference such as ${env:NAME} may stand",
                    at: entry.keyPosition)
            }
            if let value = resolver.text(entry.value, &shared) { settings.options.append(.init(entry.key, value)) }
        }
        for entry in tree["secrets"]?.entries ?? [] {
            if let value = resolver.secret(entry.value, &shared) { settings.secrets.append(.init(entry.key, value)) }
        }
        settings.dialect = tree["dialect"]?.text.flatMap(DriverSettings.Dialect.init)
        settings.schema = tree["schema"]?.text
        if let seconds = tree["connect_timeout"]?.text.flatMap({ Int($0) }) { settings.connectTimeout = seconds }
        settings.statementTimeout = tree["statement_timeout"]?.text.flatMap(Measure.timeLimit)
        return settings
    }

    /// Whether a setting is a password, a token, or a key, by its name; the path of a file with one is not.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0.isLetter }
        if name.hasSuffix("file") || name.hasSuffix("path") { return false }
        return name == "pwd" || name.hasSuffix("filepwd") || name.hasSuffix("keypkcsvalue")
            || ["password", "passwd", "secret", "token", "passphrase"].contains(where: name.contains)
    }
}

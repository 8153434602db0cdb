import HooklineCore
import HooklineManifest
import HooklineSources

extension App {
    /// Finds out what the user of a source must be granted to read what the workspace's activations read from it.
    ///
    /// - Parameter name: the source, of type postgres, redshift, odbc, or adbc.
    /// - Returns: the statements, which grant nothing else.
    /// - Throws: `manifest.unknown_source`; `usage` for a source of another type, or one that no activation reads; `sources.bad_connection`.
    package func grants(of name: String) throws -> SourceGrants {
        let workspace = try workspace()
        let source = try usable(workspace.document.source(named: name))
        guard source.kind.isServer else {
            throw AppError(
                .usage,
                "'\(name)' is a \(source.kind.rawValue) source, which knows no grants: it takes a postgres, redshift, odbc, or adbc source")
        }
        let models = models(of: name, runnableNames, in: workspace)
        guard !models.isEmpty else {
            throw AppError(
                .usage,
                "no activation reads from '\(name)', so it needs no grants yet; describe one of its tables with: hookline describe \(name)")
        }
        return try SourceGrants(source, models: models)
    }

    /// The models that activations read from a source, without those that cannot be read.
    func models(of source: String, _ activations: [String], in workspace: LoadedWorkspace) -> [Model] {
        activations.compactMap { name in
            let found = try? activation(name, [], in: workspace, purpose: .reading)
            guard let activation = found?.partial, activation.source.name == source else { return nil }
            return activation.model
        }
    }
}

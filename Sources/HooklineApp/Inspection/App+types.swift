import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklineSources

extension App {
    /// Types of the hooks for editors, with the fields and parameters of an activation.
    ///
    /// - Parameter name: the activation; nil for the types that all have.
    /// - Returns: the text of a definition file for LuaLS.
    /// - Throws: `manifest.no_workspace`, `IssuesFound`, `SourceError`.
    package func luaTypes(for name: String?) throws -> LuaTypes {
        guard let name else { return LuaTypes() }
        let activation = try usable(activation(name, in: try workspace(), purpose: .offline))
        return LuaTypes(
            columns: try SourceFactory.columns(activation.source, model: activation.model), parameters: activation.parameters)
    }
}

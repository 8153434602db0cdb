import HooklineCore
import HooklinePackages

extension App {
    /// Tells what a package is and what it asks for.
    ///
    /// - Parameters:
    ///   - origin: an activation, an installed or shipped package, a folder, a `.hookpack` file or an https address.
    ///   - parameters: values for its parameters.
    /// - Returns: the package; its values are checked against the workspace, if there is one.
    /// - Throws: `PackageError`, `ArchiveError`, `IssuesFound`, `HookError` for a package that is wrong.
    package func info(of origin: String, parameters: ParameterChoices = ParameterChoices()) async throws -> PackageInfo {
        let workspace = try workspaceIfAny()
        let settings = try settings(parameters, workspace.loader)
        return try await PackageExaminer(app: self, workspace: workspace).examine(origin, settings: settings) {
            PackageInfo($0.pinned(in: workspace))
        }
    }

    /// Tells whether a `.hookpack` file, or an installed package, is complete and unchanged, and who signed it.
    ///
    /// - Parameters:
    ///   - origin: the file, its address, or the package's name.
    ///   - signer: the only signer that is accepted, `ed25519:…`; nil accepts any, and none.
    /// - Returns: the package, whose digest is never nil.
    /// - Throws: `package.changed`, `package.other_signer`; `package.unfit` for a folder that is not installed; as ``info(of:parameters:)``.
    package func verify(_ origin: String, signer: String? = nil) async throws -> PackageInfo {
        if let signer { try PackageKey.check(signer: signer) }
        let workspace = try workspaceIfAny()
        let store = PackageStore(root: workspace.root)
        if try store.pins().packages[origin] != nil { _ = try store.verified(origin) }
        let info = try await PackageExaminer(app: self, workspace: workspace).examine(origin) { PackageInfo($0.pinned(in: workspace)) }
        guard info.digest != nil else {
            throw PackageError(.unfit, "'\(origin)' is a folder that is not installed: there is nothing to compare it with")
        }
        if let signer, signer != info.signer { throw PackageError.otherSigner(info.name, info.signer, wanted: signer) }
        return info
    }
}

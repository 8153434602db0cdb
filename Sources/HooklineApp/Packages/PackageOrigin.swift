import Archive
import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages
import SystemPackage
import Text

/// Where a package is: what a name, a path or an address stands for.
struct PackageOrigin {
    let app: App
    let workspace: LoadedWorkspace
    /// A `.hookpack` file, a folder, an address, an activation or a shipped package, as a person wrote it.
    let text: String

    /// Finds the folder that it stands for.
    ///
    /// - Parameter isNew: whether the package is to be installed: a name then means a shipped package.
    /// - Returns: an absolute path; nil for files and addresses.
    /// - Throws: `package.not_found`; `package.changed` and the like for an installed package.
    func folder(isNew: Bool) throws -> String? {
        var isFolder: ObjCBool = false
        let path = FilePath(text).absolute.string
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isPath || text == "." || text == ".." {
            return !PackageDownload.isAddress(text) && exists && isFolder.boolValue ? path : nil
        }
        if !isNew, workspace.workspace.activationNames.contains(text) {
            return try app.location(text, in: workspace).get().folder
        }
        if !isNew, let pin = try PackageStore(root: workspace.root).pins().packages[text] {
            // A shipped package of that name may be another version.
            throw PackageError.missing(text, pin)
        }
        let shipped = try ShippedFiles.path("activations")
        if FileManager.default.fileExists(atPath: "\(shipped)/\(text)/\(WorkspaceLayout.manifest)") { return "\(shipped)/\(text)" }
        // A file of another name may be a package nevertheless: its content decides.
        if exists { return isFolder.boolValue ? path : nil }
        let known = ((try? FileManager.default.contentsOfDirectory(atPath: shipped)) ?? []).sorted()
        throw PackageError(
            .notFound,
            "there is no file, folder, activation or shipped package '\(text)'; shipped are \(known.joined(separator: ", "))\(NearestName.hint(text, among: known))"
        )
    }

    /// The text as a pin keeps it: a file of the workspace by its path in there, another by its absolute path, an address without secrets.
    var kept: String {
        if PackageDownload.isAddress(text) { return PackageDownload.withoutSecrets(text) }
        guard isPath, let root = app.workspaceRoot else { return text }
        let path = FilePath(text).absolute
        return path.below(root).map { "./\($0)" } ?? path.string
    }

    /// The reverse of ``kept``.
    static func found(_ kept: String, in workspace: LoadedWorkspace) -> String {
        kept.hasPrefix("./") ? "\(workspace.root)/\(kept.dropFirst(2))" : kept
    }

    private var isPath: Bool { text.contains("/") || text.hasSuffix(".hookpack") }
}

/// A `.hookpack` file on disk.
enum PackageFile {
    /// At most as many bytes as a package may have, and one more.
    ///
    /// - Throws: `package.not_found`.
    static func bytes(at path: String) throws(PackageError) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw PackageError(.notFound, "there is no readable file '\(path)'")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Hookpack.limits.bytes + 1) else { return [] }
        return Array(data)
    }
}

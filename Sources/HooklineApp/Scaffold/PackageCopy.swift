import Archive
import HooklineCore
import HooklinePackages

/// The files of a package under another name.
struct PackageCopy {
    let name: String
    let origin: String

    /// - Throws: `PackageError` and `ArchiveError` for a package that cannot be read; `package.unfit` for a manifest that names it where it
    ///   cannot be renamed.
    func files(_ app: App, _ workspace: LoadedWorkspace) async throws -> [(path: String, content: [UInt8])] {
        try await original(app, workspace).map { file in
            (path: file.path, content: file.path == WorkspaceLayout.manifest ? try renamed(file.content) : file.content)
        }
    }

    /// Nobody asks whether the scripts of a folder compile: the copy is made to repair them.
    private func original(_ app: App, _ workspace: LoadedWorkspace) async throws -> [ArchiveEntry] {
        guard let folder = try PackageOrigin(app: app, workspace: workspace, text: origin).folder(isNew: false) else {
            return try await PackageExaminer(app: app, workspace: workspace).examine(origin) { $0.pack.files }
        }
        return try PackageFolder.files(in: folder)
    }

    /// The manifest with the other name; every other byte stays.
    private func renamed(_ manifest: [UInt8]) throws(PackageError) -> [UInt8] {
        var lines = manifest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let index = lines.firstIndex { line in
            [#"name:"#, #""name":"#, "'name':"].contains { line.starts(with: $0.utf8) }
        }
        guard let index else {
            throw PackageError(
                .unfit, "no line of the manifest of '\(origin)' begins with name: write it at the beginning of a line, and try again")
        }
        let end = lines[index].last == UInt8(ascii: "\r") ? "\r" : ""
        lines[index] = Array("name: \(name)\(end)".utf8)
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }
}

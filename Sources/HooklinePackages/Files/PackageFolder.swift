import Archive
import Foundation
import HooklineCore

/// The files of a package in a folder.
package enum PackageFolder {
    /// Reads all files of a folder, except hidden ones: those belong to editors and systems.
    ///
    /// - Throws: `package.not_found`; `package.unfit` for links, for names that not every system can store, and for a folder beyond the limits.
    package static func files(in folder: String) throws -> [ArchiveEntry] {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue, let paths = manager.enumerator(atPath: folder)
        else { throw PackageError(.notFound, "there is no folder '\(folder)'") }
        var found: [ArchiveEntry] = []
        var size = 0
        while let path = paths.nextObject() as? String {
            let kind = paths.fileAttributes?[.type] as? FileAttributeType
            if path.split(separator: "/").last?.hasPrefix(".") == true {
                if kind == .typeDirectory { paths.skipDescendants() }
                continue
            }
            if kind == .typeDirectory { continue }
            let shown = ArchivePath.shown(path)
            guard kind == .typeRegular else {
                throw PackageError(.unfit, "\(shown) in '\(folder)' is a link or not a regular file; a package contains only regular files")
            }
            if let fault = ArchivePath.fault(of: path) { throw PackageError(.unfit, "the path \(shown) in '\(folder)' \(fault)") }
            size += (paths.fileAttributes?[.size] as? NSNumber)?.intValue ?? 0
            guard size <= Hookpack.limits.bytes, found.count < Hookpack.limits.entries else {
                throw PackageError(
                    .unfit,
                    "'\(folder)' has more than \(Hookpack.limits.bytes >> 20) MB or \(Hookpack.limits.entries) files, the limits of a package"
                )
            }
            guard let content = manager.contents(atPath: "\(folder)/\(path)") else {
                throw PackageError(.unfit, "\(shown) in '\(folder)' cannot be read")
            }
            found.append(ArchiveEntry(path: path, content: Array(content)))
        }
        guard found.contains(where: { $0.path == WorkspaceLayout.manifest }) else {
            throw PackageError(.unfit, "'\(folder)' has no \(WorkspaceLayout.manifest), so it is not a package; 'hookline new' makes one")
        }
        return found
    }

    /// Writes files to a folder, all of them or none. Whatever was there is removed.
    ///
    /// - Throws: `package.cannot_write`.
    static func write(_ files: [ArchiveEntry], to folder: String) throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: folder)
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in files {
                let url = URL(fileURLWithPath: "\(folder)/\(file.path)")
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.content).write(to: url, options: .withoutOverwriting)
                try flush(url)
            }
        } catch {
            try? manager.removeItem(atPath: folder)
            throw PackageError(
                .cannotWrite,
                "'\(folder)' cannot be written: check that you may write there and that the disk has room; nothing was changed")
        }
    }

    /// Waits until a file is on the disk: the folder gets its name only after that.
    private static func flush(_ url: URL) throws {
        let handle = try FileHandle(forUpdating: url)
        defer { try? handle.close() }
        try handle.synchronize()
    }
}

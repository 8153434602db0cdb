import Archive
import Foundation

/// Unpacks packages into folders named by their digests, to run them from there.
package struct PackageCache: Sendable {
    private let folder: String

    /// A cache in a folder, which is made if it does not exist.
    package init(_ folder: String) {
        self.folder = folder
    }

    /// Unpacks a package, unless it already is.
    ///
    /// - Returns: the folder, which contains the package's files and nothing else.
    /// - Throws: `package.cannot_write`; also when the cache belongs to another user, who could replace its files at any moment.
    package func folder(of pack: Hookpack) throws -> String {
        let path = "\(folder)/\(pack.digest.dropFirst("sha256:".count).prefix(32))"
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PackageError(
                .cannotWrite, "the folder '\(folder)' cannot be made: check that you may write there and that the disk has room")
        }
        for one in [folder, path] where manager.fileExists(atPath: one) { try checkOwner(of: one) }
        if holds(path, pack) {
            try? manager.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
            return path
        }
        removeStale()
        let staging = "\(folder)/\(Self.stagingPrefix)\(UUID().uuidString)"
        try? manager.removeItem(atPath: path)
        try PackageFolder.write(pack.files, to: staging)
        do { try manager.moveItem(atPath: staging, toPath: path) } catch {
            try? manager.removeItem(atPath: staging)
            // Another process of this user may have been faster.
            guard holds(path, pack) else { throw PackageError.cannotWrite(path) }
        }
        return path
    }

    /// Removes what nobody has run for a month; it is unpacked again when it is needed.
    private func removeStale() {
        StaleFolders.remove(from: folder, unusedFor: Self.longestUnused) { name in
            StaleFolders.isNumbered(name, Self.stagingPrefix) || (name.utf8.count == 32 && name.allSatisfy(\.isHexDigit))
        }
    }

    private static let stagingPrefix = ".new-"
    /// Seconds.
    private static let longestUnused: TimeInterval = 30 * 86_400

    private func holds(_ path: String, _ pack: Hookpack) -> Bool {
        guard let files = try? PackageFolder.files(in: path) else { return false }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } == pack.files
    }

    private func checkOwner(of path: String) throws(PackageError) {
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR else {
            throw PackageError(.cannotWrite, "'\(path)' is a link or something else, not a folder; remove it")
        }
        guard found.st_uid == geteuid() else {
            throw PackageError(
                .cannotWrite, "'\(path)' belongs to another user, who could change what runs from there; remove it, or run as that user")
        }
    }
}

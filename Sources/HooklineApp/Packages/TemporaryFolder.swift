import Foundation
import HooklinePackages
import SystemPackage

/// A folder for a package while it is examined.
struct TemporaryFolder {
    let path: String

    private static let prefix = "hookline-look-"
    /// Seconds. No examination takes longer.
    private static let longest: TimeInterval = 86_400

    /// - Throws: `package.cannot_write`.
    init() throws(PackageError) {
        // A process that was killed may have left one.
        StaleFolders.remove(from: NSTemporaryDirectory(), unusedFor: Self.longest) { StaleFolders.isNumbered($0, Self.prefix) }
        path = FilePath(NSTemporaryDirectory()).appending("\(Self.prefix)\(UUID().uuidString)").string
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch { throw PackageError.cannotWrite(path) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

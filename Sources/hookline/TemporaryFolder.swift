import Foundation
import HooklinePackages

/// A temporary folder for a package that is looked at, and gone when that is over.
struct TemporaryFolder {
    let path: String

    private static let prefix = "hookline-look-"
    /// Nobody looks for longer; in seconds.
    private static let longest: TimeInterval = 86_400

    /// - Throws: `package.cannot_write`.
    init() throws {
        // What a process left that was ended half-way.
        StaleFolders.remove(from: NSTemporaryDirectory(), unusedFor: Self.longest) { StaleFolders.isNumbered($0, Self.prefix) }
        path = "\(NSTemporaryDirectory())/\(Self.prefix)\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch { throw PackageError.cannotWrite(path) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

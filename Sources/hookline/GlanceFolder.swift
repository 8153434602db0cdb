import Foundation
import HooklinePackages

/// A temporary folder for a package that is looked at, and gone when that is over.
struct GlanceFolder {
    let path: String

    private static let prefix = "hookline-look-"
    /// Nobody looks for longer; in seconds.
    private static let longest: TimeInterval = 86_400

    /// - Throws: `package.cannot_write`.
    init() throws {
        Self.removeLeftovers()
        path = "\(NSTemporaryDirectory())/\(Self.prefix)\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch { throw PackageError.cannotWrite(path) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Takes out what a process left that was ended half-way.
    private static func removeLeftovers() {
        let (manager, folder) = (FileManager.default, NSTemporaryDirectory())
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            guard UUID(uuidString: String(name.dropFirst(prefix.count))) != nil else { continue }
            let attributes = try? manager.attributesOfItem(atPath: "\(folder)/\(name)")
            guard attributes?[.type] as? FileAttributeType == .typeDirectory, attributes?[.ownerAccountID] as? UInt32 == geteuid(),
                let made = attributes?[.modificationDate] as? Date,
                Date().timeIntervalSince(made) > longest
            else { continue }
            try? manager.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}

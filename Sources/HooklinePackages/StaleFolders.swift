import Foundation

/// Folders that Hookline made for a while, and that a process which was ended half-way, or a month, has left.
package enum StaleFolders {
    /// Takes out of a folder what nobody has touched for so many seconds; only folders of this user, and never what a link leads to.
    ///
    /// - Parameter isOurs: whether a name is one that only Hookline gives.
    package static func remove(from folder: String, unusedFor seconds: TimeInterval, isOurs: (String) -> Bool) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where isOurs(name) {
            let path = "\(folder)/\(name)"
            let attributes = try? manager.attributesOfItem(atPath: path)
            guard attributes?[.type] as? FileAttributeType == .typeDirectory, attributes?[.ownerAccountID] as? UInt32 == geteuid(),
                let used = attributes?[.modificationDate] as? Date, Date().timeIntervalSince(used) > seconds
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }

    /// Whether a name is that prefix and a UUID.
    package static func isNumbered(_ name: String, _ prefix: String) -> Bool {
        name.hasPrefix(prefix) && UUID(uuidString: String(name.dropFirst(prefix.count))) != nil
    }
}

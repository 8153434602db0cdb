import Foundation

/// Temporary folders that a killed process left behind, or that nobody has used for long.
package enum StaleFolders {
    /// Removes folders that belong to this user. Links are not followed.
    ///
    /// - Parameters:
    ///   - folder: where they are.
    ///   - seconds: how long nobody has changed them.
    ///   - isOurs: whether a name is one that only Hookline gives.
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

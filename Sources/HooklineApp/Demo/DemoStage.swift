import Foundation

/// A copy of the shipped workspace, to run in without touching the original.
struct DemoStage {
    let root: String
    private let original: String

    /// Copies the workspace to a new folder.
    ///
    /// - Parameter kept: the folder; nil for a temporary one.
    /// - Throws: `demo.not_found`, `demo.exists`, `demo.cannot_copy`.
    init(keepIn kept: String?) throws(AppError) {
        original = try ShippedFiles.path("demo")
        root = kept ?? FileManager.default.temporaryDirectory.appendingPathComponent("hookline-demo-\(UUID().uuidString)").path
        if FileManager.default.fileExists(atPath: root) {
            throw AppError(.demoExists, "\(root) already exists: give --keep a new folder")
        }
        do {
            try FileManager.default.copyItem(atPath: original, toPath: root)
            try? FileManager.default.removeItem(atPath: root + "/.hookline")
        } catch {
            throw AppError(.cannotCopyDemo, "the demo workspace cannot be copied to \(root)")
        }
    }

    /// The contacts of the simulated audience.
    var contactsPath: String { original + "/data/contacts.csv" }

    /// Puts a day's users where the workspace's source looks for them.
    ///
    /// - Throws: `demo.cannot_copy`.
    func begin(_ day: DemoDay) throws(AppError) {
        let users = root + "/data/users.csv"
        try? FileManager.default.removeItem(atPath: users)
        do { try FileManager.default.copyItem(atPath: root + "/data/\(day.file)", toPath: users) } catch {
            throw AppError(.cannotCopyDemo, "the demo's users cannot be copied to \(users)")
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: root)
    }
}

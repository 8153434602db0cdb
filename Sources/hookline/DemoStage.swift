import Foundation

/// A copy of the shipped workspace, to run in without touching the original.
struct DemoStage {
    /// The days of the demo.
    enum Day: Int, CaseIterable {
        case one = 1
        case two, three

        var title: String {
            switch self {
            case .one: "Day one: the first run makes the segment and fills it."
            case .two: "Day two: orders came in, some users are gone, some took their consent back."
            case .three: "Day two, an hour later: nothing has changed."
            }
        }

        /// The day's file of users.
        var file: String { self == .one ? "users-day-1.csv" : "users-day-2.csv" }
    }

    let root: String
    private let original: String

    /// Copies the workspace to a temporary folder, or to a new one that is kept.
    init(keepIn kept: String?) throws {
        original = try ShippedFiles.path("demo")
        root = kept ?? FileManager.default.temporaryDirectory.appendingPathComponent("hookline-demo-\(UUID().uuidString)").path
        if FileManager.default.fileExists(atPath: root) {
            throw CommandFailure("demo.exists", "\(root) exists already: give --keep a new folder")
        }
        do {
            try FileManager.default.copyItem(atPath: original, toPath: root)
            try? FileManager.default.removeItem(atPath: root + "/.hookline")
        } catch {
            throw CommandFailure("demo.cannot_copy", "the demo workspace cannot be copied to \(root)", status: .failed)
        }
    }

    /// Who is on the simulated audience.
    var contactsPath: String { original + "/data/contacts.csv" }

    /// Puts the day's users where the workspace's source looks for them.
    func begin(_ day: Day) throws {
        let users = root + "/data/users.csv"
        try? FileManager.default.removeItem(atPath: users)
        try FileManager.default.copyItem(atPath: root + "/data/\(day.file)", toPath: users)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: root)
    }
}

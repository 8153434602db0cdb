import Foundation

/// A file that lives as long as the value.
final class TemporaryFile {
    let path: String

    /// A file with those bytes.
    init(_ bytes: some Sequence<UInt8>) throws {
        path = Self.freePath()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// A file with that text.
    convenience init(_ text: String) throws {
        try self.init(text.utf8)
    }

    /// A path at which nothing is yet.
    init() {
        path = Self.freePath()
    }

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private static func freePath() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("hookline-sources-\(UUID().uuidString)").path
    }
}

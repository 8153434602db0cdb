import Foundation

/// A file that is deleted with its last reference.
final class TemporaryFile {
    let path: String

    /// Creates a file with the bytes.
    init(_ bytes: some Sequence<UInt8>) throws {
        path = Self.freePath()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Creates a file with the text.
    convenience init(_ text: String) throws {
        try self.init(text.utf8)
    }

    /// An unused path.
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

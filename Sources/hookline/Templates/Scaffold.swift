import Foundation

/// Writes new files, all or none, and never over an old one.
struct Scaffold {
    let root: String

    /// Writes texts, by their path below the root.
    func write(_ files: [(path: String, text: String)]) throws {
        try write(files.map { (path: $0.path, content: Array($0.text.utf8)) })
    }

    /// Writes files, by their path below the root.
    func write(_ files: [(path: String, content: [UInt8])]) throws {
        let manager = FileManager.default
        for file in files where manager.fileExists(atPath: "\(root)/\(file.path)") {
            throw CommandFailure("scaffold.exists", "\(root)/\(file.path) exists already; nothing was written")
        }
        do {
            for file in files {
                let url = URL(fileURLWithPath: "\(root)/\(file.path)")
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.content).write(to: url)
            }
        } catch {
            throw CommandFailure(
                "scaffold.cannot_write", "\(root) cannot be written: check that you may write there and the disk has room", status: .failed)
        }
    }
}

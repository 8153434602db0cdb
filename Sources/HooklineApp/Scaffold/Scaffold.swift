import Foundation
import SystemPackage

/// Writes new files, all or none. An existing file is never overwritten.
struct Scaffold {
    let root: String

    /// Writes texts, by their paths below the root.
    ///
    /// - Throws: as the other.
    func write(_ files: [(path: String, text: String)]) throws(AppError) {
        try write(files.map { (path: $0.path, content: Array($0.text.utf8)) })
    }

    /// Writes files, by their paths below the root.
    ///
    /// - Throws: `scaffold.exists`, `scaffold.cannot_write`.
    func write(_ files: [(path: String, content: [UInt8])]) throws(AppError) {
        let manager = FileManager.default
        for file in files where manager.fileExists(atPath: "\(root)/\(file.path)") {
            throw AppError(.scaffoldExists, "\(root)/\(file.path) already exists; nothing was written")
        }
        do {
            for file in files {
                let path = FilePath(root).appending(file.path)
                try manager.createDirectory(atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
                try Data(file.content).write(to: URL(fileURLWithPath: path.string))
            }
        } catch {
            throw AppError(
                .cannotWriteScaffold, "\(root) cannot be written: check that you may write there and that the disk has room")
        }
    }
}

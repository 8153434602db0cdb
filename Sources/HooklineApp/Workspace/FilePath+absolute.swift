import Foundation
import SystemPackage

extension FilePath {
    /// The path from the root of the file system, without `.` and `..`. A relative one starts at the process's current directory.
    var absolute: FilePath { FilePath(FileManager.default.currentDirectoryPath).pushing(self).lexicallyNormalized() }

    /// The path below a folder; nil for a path that is not below it. Neither follows links.
    func below(_ folder: String) -> FilePath? {
        var path = self
        return path.removePrefix(FilePath(folder)) && !path.isEmpty ? path : nil
    }
}

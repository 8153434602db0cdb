/// Where a package is.
package struct PackageLocation: Sendable {
    /// The folder, an absolute path.
    package let folder: String
    /// The manifest as people know it: relative to the workspace where it lies in there.
    package let file: String

    package init(folder: String, file: String) {
        self.folder = folder
        self.file = file
    }

    /// The folder of `file`, as people know it; empty for the workspace's own.
    package var fileFolder: String { file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "" }
}

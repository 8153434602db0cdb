/// The location of a package.
package struct PackageLocation: Sendable {
    /// The absolute path of the package's folder.
    package let folder: String
    /// The manifest's path as messages show it: relative to the workspace if it is inside.
    package let file: String

    package init(folder: String, file: String) {
        self.folder = folder
        self.file = file
    }

    /// The folder of `file` as messages show it; empty for the workspace's own folder.
    package var fileFolder: String { file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "" }
}

/// Where a package is.
package struct PackagePlace: Sendable {
    /// The folder, an absolute path.
    package let folder: String
    /// The manifest as people know it: relative to the workspace where it lies in there.
    package let file: String

    package init(folder: String, file: String) {
        self.folder = folder
        self.file = file
    }
}

/// The names of files and folders in a workspace.
package enum WorkspaceLayout {
    /// Holds the workspace's own activations.
    package static let activations = "activations"
    /// Holds installed packages.
    package static let packages = "packages"
    /// Holds what Hookline keeps for itself.
    package static let state = ".hookline"
    /// Makes a folder a package.
    package static let manifest = "activation.yaml"

    /// The folder of one of the workspace's own activations, which need not exist.
    package static func activation(_ name: String, in root: String) -> String { "\(root)/\(activations)/\(name)" }

    /// The folder of an installed package, which need not exist.
    package static func package(_ name: String, in root: String) -> String { "\(root)/\(packages)/\(name)" }

    /// Whether a folder is that of one of the workspace's own activations.
    package static func isOwn(_ folder: String, in root: String) -> Bool { folder.hasPrefix("\(root)/\(activations)/") }

    /// The name of the installed package in a folder; nil for any other folder.
    package static func installed(_ folder: String, in root: String) -> String? {
        let store = "\(root)/\(packages)/"
        return folder.hasPrefix(store) ? String(folder.dropFirst(store.count)) : nil
    }
}

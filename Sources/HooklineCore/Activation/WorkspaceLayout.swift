/// What lies where in a workspace's folder.
package enum WorkspaceLayout {
    /// The folder of the workspace's own activations.
    package static let activations = "activations"
    /// The folder of its installed packages.
    package static let packages = "packages"
    /// The folder of what Hookline keeps for itself.
    package static let state = ".hookline"
    /// The file that makes a folder a package.
    package static let manifest = "activation.yaml"

    /// The folder of an activation of its own, whether it is there or not.
    package static func activation(_ name: String, in root: String) -> String { "\(root)/\(activations)/\(name)" }

    /// The folder of an installed package, whether it is there or not.
    package static func package(_ name: String, in root: String) -> String { "\(root)/\(packages)/\(name)" }

    /// Whether a folder is one of an activation of its own.
    package static func isOwn(_ folder: String, in root: String) -> Bool { folder.hasPrefix("\(root)/\(activations)/") }

    /// The name of an installed package, by its folder; nil for another folder.
    package static func installed(_ folder: String, in root: String) -> String? {
        let store = "\(root)/\(packages)/"
        return folder.hasPrefix(store) ? String(folder.dropFirst(store.count)) : nil
    }
}

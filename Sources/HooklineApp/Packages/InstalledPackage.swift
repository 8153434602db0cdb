import HooklinePackages

/// A package that `hookline.lock` pins: one entry of `list --json`.
package struct InstalledPackage: Encodable, Sendable {
    package let name: String
    package let pin: PackagePins.Pin
    /// Why it cannot be used, such as that its files were changed; nil when it can.
    package let problem: String?
}

extension App {
    /// Lists the installed packages by name. What is wrong with `hookline.yaml` does not matter to them.
    ///
    /// - Throws: `manifest.no_workspace`, `package.bad_pins`.
    package func installedPackages() throws -> [InstalledPackage] {
        let store = PackageStore(root: try workspaceRoot ?? workspace().root)
        return try store.pins().packages.sorted { $0.key < $1.key }.map { name, pin in
            var problem: String?
            do { _ = try store.verified(name) } catch { problem = "\(error)" }
            return InstalledPackage(name: name, pin: pin, problem: problem)
        }
    }
}

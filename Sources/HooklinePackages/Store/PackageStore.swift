import Archive
import Foundation
import HooklineCore

/// The installed packages of a workspace: folders in `packages/`, pinned in `hookline.lock`.
package struct PackageStore: Sendable {
    /// The workspace's folder, an absolute path.
    package let root: String

    package init(root: String) {
        self.root = root
    }

    /// What the workspace has installed.
    ///
    /// - Throws: `package.bad_pins`.
    package func pins() throws(PackageError) -> PackagePins { try PackagePins(root: root) }

    /// The folder of a package of that name, whether it exists or not.
    package func folder(of name: String) -> String { WorkspaceLayout.package(name, in: root) }

    private var store: String { "\(root)/\(WorkspaceLayout.packages)" }
    private var lock: PackageStoreLock { PackageStoreLock(store: store) }

    // MARK: Changing it

    /// Installs a package, in place of an older one of its name.
    ///
    /// If the process is killed halfway, the old package or the new one is there; the next use cleans up the rest.
    ///
    /// - Parameters:
    ///   - pack: the package.
    ///   - origin: where it came from, for the pin.
    ///   - mayChangeSigner: whether another key than before, or none, may have signed it.
    ///   - discardsChanges: whether an installed package is replaced although somebody changed its files.
    ///   - accepting: looks at what is installed while nobody else can change it; what it throws ends the installation.
    /// - Throws: `package.other_signer`, `package.changed`, `package.taken`, `package.cannot_write`.
    package func install(
        _ pack: Hookpack, from origin: String, mayChangeSigner: Bool = false, discardsChanges: Bool = false,
        accepting: (PackagePins.Pin?) throws -> Void = { _ in }
    ) throws {
        let name = pack.lock.name
        try lock.exclusively {
            var pins = try pins()
            let pin = pins.packages[name]
            heal(name, pin)
            try accepting(pin)
            try pin?.accept(pack, mayChangeSigner: mayChangeSigner)
            let isThere = FileManager.default.fileExists(atPath: folder(of: name))
            if isThere { try mayReplace(name, pin, discardsChanges) }
            let (new, old) = (newPath(name), oldPath(name))
            try PackageFolder.write(pack.files + InstalledPackageRecord(pack).entries, to: new)
            try? FileManager.default.removeItem(atPath: old)
            try lock.writing { try FolderSwap.put(new, at: folder(of: name), movingOldTo: old) }
            pins.packages[name] = PackagePins.Pin(
                version: pack.lock.version, digest: pack.digest, signer: pack.signature?.signer, tested: pack.lock.isTested, from: origin)
            do { try pins.write(root: root) } catch {
                if isThere {
                    try? FolderSwap.put(old, at: folder(of: name), movingOldTo: new)
                    try? FileManager.default.removeItem(atPath: new)
                } else {
                    try? FileManager.default.removeItem(atPath: folder(of: name))
                }
                throw error
            }
            try? FileManager.default.removeItem(atPath: old)
        }
    }

    /// Removes a package.
    ///
    /// - Parameters:
    ///   - name: the package.
    ///   - discardsChanges: whether it is removed although somebody changed its files.
    /// - Throws: `package.not_found`, `package.changed`, `package.taken`, `package.cannot_write`.
    package func uninstall(_ name: String, discardsChanges: Bool = false) throws {
        try lock.exclusively {
            var pins = try pins()
            let pin = pins.packages[name]
            guard pin != nil || (PackageLock.isName(name) && FileManager.default.fileExists(atPath: folder(of: name))) else {
                throw PackageError(.notFound, "no package '\(name)' is installed here; 'hookline list' shows what is")
            }
            heal(name, pin)
            let isThere = FileManager.default.fileExists(atPath: folder(of: name))
            if isThere { try mayReplace(name, pin, discardsChanges) }
            pins.packages[name] = nil
            let old = oldPath(name)
            if isThere {
                try? FileManager.default.removeItem(atPath: old)
                try lock.writing { try FileManager.default.moveItem(atPath: folder(of: name), toPath: old) }
            }
            try pins.write(root: root)
            if isThere { try? FileManager.default.removeItem(atPath: old) }
        }
    }

    /// Where a package is until it is complete, and where the one goes that it replaces.
    private func newPath(_ name: String) -> String { "\(store)/.new-\(name)" }
    private func oldPath(_ name: String) -> String { "\(store)/.old-\(name)" }

    /// What an installation that was killed halfway left of them.
    private func rests(of name: String) -> [String] {
        [oldPath(name), newPath(name)].filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// Nothing that a person made or changed is thrown away without being asked for.
    private func mayReplace(_ name: String, _ pin: PackagePins.Pin?, _ discardsChanges: Bool) throws {
        guard let pin else {
            throw PackageError(
                .taken,
                "'\(WorkspaceLayout.packages)/\(name)' exists but is not in \(PackagePins.file), so Hookline did not make it; move it away first"
            )
        }
        if !discardsChanges { _ = try content(of: name, pin) }
    }

    /// Cleans up after an installation that was killed halfway: next to the folder is the package that is pinned, or a leftover.
    private func heal(_ name: String, _ pin: PackagePins.Pin?) {
        let manager = FileManager.default
        let rests = rests(of: name)
        guard let pin, !rests.isEmpty, (try? content(of: name, pin)) == nil else {
            return rests.forEach { try? manager.removeItem(atPath: $0) }
        }
        guard let whole = rests.first(where: { (try? packed(name, pin, in: $0))?.digest == pin.digest }) else { return }
        if (try? FolderSwap.put(whole, at: folder(of: name), movingOldTo: "\(store)/.rest-\(name)")) != nil {
            for rest in rests + ["\(store)/.rest-\(name)"] { try? manager.removeItem(atPath: rest) }
        }
    }

    // MARK: Looking at it

    /// Reads an installed package and checks that it is what was installed, signed by the pin's signer.
    ///
    /// - Throws: `package.not_found` when its folder is gone, `package.changed` when its files differ, `package.bad_signature` when the pin's
    ///   signer did not sign it.
    package func verified(_ name: String) throws -> Hookpack {
        do {
            return try lock.sharing { try pinned(name) }
        } catch let error as PackageError where error.code == .changed || error.code == .notFound {
            // An installation may have been killed halfway.
            if rests(of: name).isEmpty { throw error }
            try lock.exclusively { heal(name, try pins().packages[name]) }
            return try lock.sharing { try pinned(name) }
        }
    }

    private func pinned(_ name: String) throws -> Hookpack {
        guard let pin = try pins().packages[name] else {
            throw PackageError(
                .changed,
                "'\(WorkspaceLayout.packages)/\(name)' is not in \(PackagePins.file): install it with 'hookline install', or move your own package to activations/"
            )
        }
        let pack = try content(of: name, pin)
        try InstalledPackageRecord.check(folder(of: name), pack, signer: pin.signer)
        return pack
    }

    private func packed(_ name: String, _ pin: PackagePins.Pin, in folder: String) throws -> Hookpack {
        try Hookpack(name: name, version: pin.version, isTested: pin.tested, files: try PackageFolder.files(in: folder))
    }

    private func content(of name: String, _ pin: PackagePins.Pin) throws -> Hookpack {
        let folder = folder(of: name)
        guard FileManager.default.fileExists(atPath: folder) else {
            throw PackageError.missing(name, pin)
        }
        let pack = try packed(name, pin, in: folder)
        guard pack.digest == pin.digest else {
            let what = InstalledPackageRecord.differences(folder, pack, digest: pin.digest).map { " (\($0))" } ?? ""
            throw PackageError(
                .changed,
                "the files of '\(WorkspaceLayout.packages)/\(name)' differ from those that were installed\(what). To keep the changes, make it your own:"
                    + " hookline new NAME --from \(WorkspaceLayout.packages)/\(name). To drop them: hookline install \(pin.from) --discard-changes,"
                    + " or hookline uninstall \(name) --discard-changes"
            )
        }
        return pack
    }
}

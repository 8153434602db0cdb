import Archive
import Foundation

/// The installed packages of a workspace: folders in `packages/`, pinned in `hookline.lock`.
package struct PackageShelf: Sendable {
    /// The workspace's folder, an absolute path.
    package let root: String

    package init(root: String) {
        self.root = root
    }

    /// The folder of a workspace that holds its installed packages.
    package static let folderName = "packages"

    /// What the workspace has installed.
    package func pins() throws -> PackagePins { try PackagePins(root: root) }

    /// Where a package of that name lies, whether it is there or not.
    package func folder(of name: String) -> String { "\(shelf)/\(name)" }

    private var shelf: String { "\(root)/\(Self.folderName)" }

    /// Puts a package on the shelf, in the place of an older one of its name.
    ///
    /// Whoever ends the process half-way leaves the old package, or the new one, or a mismatch that every use names and a second install mends.
    ///
    /// - Parameters:
    ///   - origin: where it came from, for the pin.
    ///   - mayChangeSigner: whether it may be signed by somebody else than the one before, or by nobody.
    /// - Throws: `package.other_signer`, `package.cannot_write`.
    package func install(_ pack: Hookpack, from origin: String, mayChangeSigner: Bool = false) throws {
        let name = pack.lock.name
        try locked {
            var pins = try pins()
            try pins.packages[name]?.accept(pack, mayChangeSigner: mayChangeSigner)
            let folder = folder(of: name)
            let (staging, old) = ("\(shelf)/.new-\(name)", "\(shelf)/.old-\(name)")
            let manager = FileManager.default
            let isThere = manager.fileExists(atPath: folder)
            if isThere {
                try? manager.removeItem(atPath: old)
                try written { try manager.moveItem(atPath: folder, toPath: old) }
            }
            do {
                try PackageFolder.write(pack.files, to: folder, staging: staging)
                pins.packages[name] = PackagePins.Pin(
                    version: pack.lock.version, digest: pack.digest, signer: pack.signature?.signer, tested: pack.lock.isTested,
                    from: origin)
                try pins.write(root: root)
            } catch {
                try? manager.removeItem(atPath: folder)
                if isThere { try? manager.moveItem(atPath: old, toPath: folder) }
                throw error
            }
            try? manager.removeItem(atPath: old)
        }
    }

    /// Takes a package off the shelf.
    ///
    /// - Throws: `package.not_found`, `package.cannot_write`.
    package func uninstall(_ name: String) throws {
        try locked {
            var pins = try pins()
            let manager = FileManager.default
            let isThere = manager.fileExists(atPath: folder(of: name))
            guard pins.packages.removeValue(forKey: name) != nil || isThere else {
                throw PackageError(.notFound, "no package '\(name)' is installed here")
            }
            if isThere {
                let old = "\(shelf)/.old-\(name)"
                try? manager.removeItem(atPath: old)
                try written { try manager.moveItem(atPath: folder(of: name), toPath: old) }
                try pins.write(root: root)
                try? manager.removeItem(atPath: old)
            } else {
                try pins.write(root: root)
            }
        }
    }

    /// The package as it lies on the shelf, once it is known to be what was installed.
    ///
    /// - Throws: `package.not_found` for one that is not there, `package.changed` for one whose files are others.
    package func verified(_ name: String) throws -> Hookpack {
        let pins = try pins()
        guard let pin = pins.packages[name] else {
            throw PackageError(
                .changed,
                "'\(Self.folderName)/\(name)' is not in \(PackagePins.file): install it with 'hookline install', or move what is your own to activations/"
            )
        }
        let folder = folder(of: name)
        guard FileManager.default.fileExists(atPath: folder) else {
            throw PackageError(.notFound, "'\(Self.folderName)/\(name)' is missing; install it again: hookline install \(pin.from)")
        }
        let pack = try Hookpack(name: name, version: pin.version, isTested: pin.tested, files: try PackageFolder.files(in: folder))
        guard pack.digest == pin.digest else {
            throw PackageError(
                .changed,
                "the files of '\(Self.folderName)/\(name)' are not those that were installed; install it again, or make it your own: hookline new NAME --from \(Self.folderName)/\(name)"
            )
        }
        return pack
    }

    /// Lays a package out in a folder that is named by its digest, below `cache`, and names that folder.
    ///
    /// - Throws: `package.cannot_write`.
    package static func unpack(_ pack: Hookpack, into cache: String) throws -> String {
        let folder = "\(cache)/\(pack.digest.dropFirst("sha256:".count).prefix(32))"
        if let files = try? PackageFolder.files(in: folder).sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }),
            files == pack.files
        {
            return folder
        }
        let staging = "\(cache)/.new-\(UUID().uuidString)"
        try? FileManager.default.removeItem(atPath: folder)
        do {
            try PackageFolder.write(pack.files, to: folder, staging: staging)
        } catch {
            // Another process may have been faster.
            guard let files = try? PackageFolder.files(in: folder), Set(files.map(\.path)) == Set(pack.files.map(\.path)) else {
                throw error
            }
        }
        return folder
    }

    /// Nobody else installs meanwhile.
    private func locked(_ body: () throws -> Void) throws {
        try written { try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true) }
        let descriptor = open("\(shelf)/.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw PackageError(.cannotWrite, "'\(shelf)' cannot be written: check that you may write there and that the disk has room")
        }
        defer { close(descriptor) }
        try body()
    }

    private func written(_ body: () throws -> Void) throws {
        do { try body() } catch {
            throw PackageError(.cannotWrite, "'\(shelf)' cannot be written: check that you may write there and that the disk has room")
        }
    }
}

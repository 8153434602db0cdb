import Foundation
import HooklinePackages
import SystemPackage
import Text

/// A person's signing keys on disk.
package struct KeyFolder: Sendable {
    /// A key by its name.
    package struct Entry: Sendable {
        package let name: String
        /// Who signs with it, `ed25519:…`; or why it cannot be used.
        package let signer: Result<String, PackageError>
    }

    private let path: FilePath

    /// The folder that an environment names: `HOOKLINE_KEYS`, else `hookline/keys` in `XDG_CONFIG_HOME`, else in `~/.config`.
    package init(_ environment: [String: String]) {
        func folder(_ name: String) -> FilePath? { environment[name].flatMap { $0.isEmpty ? nil : FilePath($0) } }
        let home = FilePath(environment["HOME"] ?? NSHomeDirectory())
        path = folder("HOOKLINE_KEYS") ?? (folder("XDG_CONFIG_HOME") ?? home.appending(".config")).appending("hookline").appending("keys")
    }

    /// The file of a key: a name stands for one in the folder.
    func path(_ key: String) -> String { key.contains("/") ? key : path.appending("\(key).key").string }

    /// Makes a key. An existing one is never overwritten.
    ///
    /// - Parameter name: its name, or the path of its file.
    /// - Returns: the file, and who signs with it: `ed25519:…`.
    /// - Throws: `package.bad_key` for a text that is no name, `package.cannot_write`.
    package func make(_ name: String) throws(PackageError) -> (file: String, signer: String) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { (33...126).contains($0) } && !name.hasPrefix(".")
        guard isName || name.contains("/") else {
            throw PackageError(
                .badKey, "'\(name.onOneLine)' is not a name for a key: use letters, digits and dashes, or the path of a file")
        }
        let (file, key) = (path(name), PackageKey())
        let folder = FilePath(file).absolute.removingLastComponent().string
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PackageError(.cannotWrite, "the folder '\(folder)' cannot be made: check that you may write there")
        }
        let descriptor = open(file, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PackageError(
                .cannotWrite,
                errno == EEXIST
                    ? "the key '\(file)' already exists; nothing was written. For another one: hookline keys new NAME"
                    : "'\(file)' cannot be written: check that you may write there")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do { try handle.write(contentsOf: Data(key.fileText.utf8)) } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw PackageError(.cannotWrite, "'\(file)' cannot be written: check that the disk has room")
        }
        return (file, key.signer)
    }

    /// The keys in the folder, sorted by name. One that cannot be used does not hide the others.
    package var entries: [Entry] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path.string)) ?? []
        return files.filter { $0.hasSuffix(".key") }.map { String($0.dropLast(4)) }.sorted().map { name in
            Entry(name: name, signer: Result { () throws(PackageError) in try PackageKey(file: path(name)).signer })
        }
    }
}

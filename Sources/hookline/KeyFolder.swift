import Foundation
import HooklineCore
import HooklinePackages
import Text

/// Where a person's signing keys lie.
struct KeyFolder {
    let path: String

    init(_ environment: [String: String]) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
        path = environment["HOOKLINE_KEYS"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(configuration)/hookline/keys"
    }

    /// The file of a key: a name stands for one in the folder.
    func path(_ key: String) -> String { key.contains("/") ? key : "\(path)/\(key).key" }

    /// Makes a key, and never over an old one.
    func make(_ name: String) throws -> (file: String, signer: String) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { (33...126).contains($0) } && !name.hasPrefix(".")
        guard isName || name.contains("/") else {
            throw PackageError(.badKey, "'\(name.onOneLine)' is no name for a key: use letters, digits and dashes, or the path of a file")
        }
        let (file, key) = (path(name), PackageKey())
        let url = URL(fileURLWithPath: file)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PackageError(.cannotWrite, "'\(url.deletingLastPathComponent().path)' cannot be made: check that you may write there")
        }
        let descriptor = open(file, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PackageError(
                .cannotWrite,
                errno == EEXIST
                    ? "there is a key '\(file)' already; nothing was written. For another one: hookline keys new NAME"
                    : "'\(file)' cannot be written: check that you may write there")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do { try handle.write(contentsOf: Data(key.fileText.utf8)) } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw PackageError(.cannotWrite, "'\(file)' cannot be written: has the disk room?")
        }
        return (file, key.signer)
    }

    /// The names of the keys that are there.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".key") }.map { String($0.dropLast(4)) }
            .sorted()
    }
}

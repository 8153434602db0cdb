import Archive
import Foundation

/// Lock and signature of an installed package, kept in its folder under hidden names: to tell what was changed, and to prove who signed it.
struct InstalledPackageRecord {
    private static let lock = ".\(PackageLock.path)"
    private static let signature = ".\(PackageSignature.path)"

    /// The files to write next to those of the package.
    let entries: [ArchiveEntry]

    init(_ pack: Hookpack) {
        entries =
            [ArchiveEntry(path: Self.lock, content: Array(pack.lock.text.utf8))]
            + (pack.signature.map { [ArchiveEntry(path: Self.signature, content: Array($0.text.utf8))] } ?? [])
    }

    /// Compares a package with the signature that it came with: anybody may edit the text of a pin.
    ///
    /// - Parameters:
    ///   - folder: the package's.
    ///   - pack: the package.
    ///   - signer: who signed it, as the pin says; nil for nobody.
    /// - Throws: `package.bad_signature`.
    static func check(_ folder: String, _ pack: Hookpack, signer: String?) throws(PackageError) {
        guard let signer else { return }
        guard let content = FileManager.default.contents(atPath: "\(folder)/\(signature)") else {
            throw PackageError(
                .badSignature,
                "\(PackagePins.file) says that \(signer) signed '\(pack.lock.name)', but its signature (\(signature)) is missing; install it again"
            )
        }
        let found = try PackageSignature(text: Array(content), of: pack.lock).signer
        guard found == signer else {
            throw PackageError(
                .badSignature, "\(PackagePins.file) says that \(signer) signed '\(pack.lock.name)', but its signature is by \(found)")
        }
    }

    /// Which files differ from those of the lock, in words; nil when the lock itself is gone or another one.
    static func differences(_ folder: String, _ pack: Hookpack, digest: String) -> String? {
        guard let text = FileManager.default.contents(atPath: "\(folder)/\(lock)"),
            let old = try? PackageLock(text: Array(text)), old.digest == digest
        else { return nil }
        let before = Dictionary(old.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(pack.lock.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let paths = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
        let words = paths.prefix(3).map { path in
            "\(path) \(before[path] == nil ? "is new" : after[path] == nil ? "is gone" : "was changed")"
        }
        return words.joined(separator: ", ") + (paths.count > 3 ? " and \(paths.count - 3) more" : "")
    }
}

import Foundation

/// The packages that a workspace has installed: `hookline.lock`, which Hookline writes and people keep with the workspace's files.
package struct PackagePins: Codable, Equatable, Sendable {
    /// The package that is installed under a name.
    package struct Pin: Codable, Equatable, Sendable {
        package var version: String
        /// `sha256:…` of the package's lock.
        package var digest: String
        /// `ed25519:…`; nil for a package that nobody signed.
        package var signer: String?
        /// Whether its tests passed when it was packed.
        package var tested: Bool
        /// The file, folder or address that it came from.
        package var from: String

        package init(version: String, digest: String, signer: String?, tested: Bool, from: String) {
            self.version = version
            self.digest = digest
            self.signer = signer
            self.tested = tested
            self.from = from
        }

        /// Accepts a package in place of this one only if the same key signed it.
        ///
        /// - Parameters:
        ///   - pack: the package.
        ///   - mayChangeSigner: whether another key, or none, may have signed it.
        /// - Throws: `package.other_signer`.
        package func accept(_ pack: Hookpack, mayChangeSigner: Bool) throws(PackageError) {
            guard let signer, signer != pack.signature?.signer, !mayChangeSigner else { return }
            throw PackageError(
                .otherSigner,
                "the installed '\(pack.lock.name)' is signed by \(signer), but this one by \(pack.signature?.signer ?? "nobody"); if that is intended: --allow-signer-change"
            )
        }
    }

    /// The file's name in the workspace.
    package static let file = "hookline.lock"

    package var format = 1
    package var packages: [String: Pin] = [:]

    package init() {}

    /// Reads a workspace's pins; none when there is no file.
    ///
    /// - Throws: `package.bad_pins`.
    package init(root: String) throws(PackageError) {
        let path = "\(root)/\(Self.file)"
        guard FileManager.default.fileExists(atPath: path) else {
            self.init()
            return
        }
        guard let data = FileManager.default.contents(atPath: path), let pins = try? JSONDecoder().decode(PackagePins.self, from: data)
        else {
            throw PackageError(
                .badPins,
                "\(Self.file) cannot be read; Hookline writes it: restore it from version control, or delete it and install the packages again"
            )
        }
        guard pins.format == 1 else {
            throw PackageError(.badPins, "\(Self.file) has format \(pins.format), but this Hookline reads format 1: upgrade Hookline")
        }
        self = pins
    }

    /// Writes the file, completely or not at all. Removes it when nothing is installed.
    ///
    /// - Throws: `package.cannot_write`.
    func write(root: String) throws {
        let path = "\(root)/\(Self.file)"
        do {
            if packages.isEmpty {
                if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
                return
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try (try encoder.encode(self) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw PackageError(.cannotWrite, "\(path) cannot be written: check that you may write there and that the disk has room")
        }
    }
}

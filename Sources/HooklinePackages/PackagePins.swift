import Foundation

/// Which packages a workspace has installed: `hookline.lock`, made by Hookline and kept with the workspace's files.
package struct PackagePins: Codable, Equatable, Sendable {
    /// What is installed under a name.
    package struct Pin: Codable, Equatable, Sendable {
        package var version: String
        /// `sha256:…` of the package's lock.
        package var digest: String
        /// `ed25519:…`; nil for a package that nobody signed.
        package var signer: String?
        /// Whether its tests passed when it was packed.
        package var tested: Bool
        /// The file, folder or address that it came from, as it was given.
        package var from: String

        package init(version: String, digest: String, signer: String?, tested: Bool, from: String) {
            self.version = version
            self.digest = digest
            self.signer = signer
            self.tested = tested
            self.from = from
        }

        /// Lets a package take this one's place only if the same hand signed it.
        ///
        /// - Throws: `package.other_signer`.
        package func accept(_ pack: Hookpack, mayChangeSigner: Bool) throws(PackageError) {
            guard let signer, signer != pack.signature?.signer, !mayChangeSigner else { return }
            throw PackageError(
                .otherSigner,
                "'\(pack.lock.name)' is signed by \(signer) so far, and this one \(pack.signature.map { "by \($0.signer)" } ?? "by nobody"); if that is meant so: --allow-signer-change"
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
                "\(Self.file) cannot be read; it is made by Hookline: take it back from version control, or delete it and install the packages anew"
            )
        }
        guard pins.format == 1 else {
            throw PackageError(.badPins, "\(Self.file) has the format \(pins.format), and this Hookline reads 1: upgrade Hookline")
        }
        self = pins
    }

    /// Writes them, whole or not at all; takes the file away when nothing is installed.
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

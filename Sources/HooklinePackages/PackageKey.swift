import Crypto
import Foundation

/// Ed25519 keys (RFC 8032) with which packages are signed, and how they stand in files.
package struct PackageKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new key.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Who signs with it: `ed25519:` and the public key in Base64.
    package var signer: String { Self.name(of: key.publicKey) }

    /// The text of the file that holds the private key.
    package var fileText: String { "\(Self.fileHeader)\ned25519 \(key.rawRepresentation.base64EncodedString())\n" }

    private static let fileHeader = "hookline-private-key 1"

    /// Reads a private key.
    ///
    /// - Throws: `package.bad_key` for a file that is none, and for one that others may read.
    package init(file path: String) throws(PackageError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PackageError(.badKey, "there is no key at '\(path)': 'hookline keys new' makes one")
        }
        let rights = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard rights & 0o077 == 0 else {
            throw PackageError(
                .badKey,
                "the key '\(path)' can be read by others; take their rights away (chmod 600) and, if they may have read it, make a new one")
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, lines[0] == Self.fileHeader, lines[1].hasPrefix("ed25519 "),
            let raw = Data(base64Encoded: String(lines[1].dropFirst(8))),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw)
        else { throw PackageError(.badKey, "'\(path)' is no private key of Hookline: 'hookline keys new' makes one") }
        self.key = key
    }

    /// Signs a lock.
    func signature(of lock: PackageLock) throws(PackageError) -> PackageSignature {
        guard let bytes = try? key.signature(for: PackageSignature.message(lock)) else {
            throw PackageError(.badKey, "the key cannot sign")
        }
        return PackageSignature(signer: signer, bytes: Array(bytes))
    }

    /// - Throws: `package.bad_key`, when that is not how a signer is written.
    package static func check(signer: String) throws(PackageError) {
        let key = signer.hasPrefix("ed25519:") ? Data(base64Encoded: String(signer.dropFirst(8))) : nil
        guard key?.count == 32 else {
            throw PackageError(
                .badKey, "'\(signer)' is no signer: one is written ed25519:…, as 'hookline keys list' and 'hookline info' print it")
        }
    }

    fileprivate static func name(of key: Curve25519.Signing.PublicKey) -> String {
        "ed25519:" + key.rawRepresentation.base64EncodedString()
    }
}

/// Who packed a package: `hookpack.sig`, the second entry of a signed `.hookpack` file.
package struct PackageSignature: Equatable, Sendable {
    /// Its name in the archive.
    package static let path = "hookpack.sig"

    /// `ed25519:` and the public key in Base64.
    package let signer: String
    fileprivate let bytes: [UInt8]

    fileprivate init(signer: String, bytes: [UInt8]) {
        self.signer = signer
        self.bytes = bytes
    }

    private static let header = "hookpack-signature 1"

    /// The signature as it is written.
    package var text: String { "\(Self.header)\n\(signer)\n\(Data(bytes).base64EncodedString())\n" }

    /// Reads a signature and holds it against the lock.
    ///
    /// - Throws: `package.bad_signature`.
    package init(text content: [UInt8], of lock: PackageLock) throws(PackageError) {
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == Self.header, lines[3].isEmpty, lines[1].hasPrefix("ed25519:"),
            let raw = Data(base64Encoded: String(lines[1].dropFirst(8))), let signature = Data(base64Encoded: String(lines[2])),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { throw PackageError(.badSignature, "the package's \(Self.path) is no signature that this Hookline reads") }
        guard key.isValidSignature(signature, for: Self.message(lock)) else {
            throw PackageError(
                .badSignature,
                "the package's signature is not that of its files: somebody changed them, or the signature, after it was signed")
        }
        self.init(signer: PackageKey.name(of: key), bytes: Array(signature))
        guard text.utf8.elementsEqual(content) else {
            throw PackageError(.badSignature, "the package's \(Self.path) is not written as 'hookline pack' writes it")
        }
    }

    /// What is signed: the lock, behind words that no other signature of this key begins with.
    fileprivate static func message(_ lock: PackageLock) -> Data { Data("\(header)\n\(lock.text)".utf8) }
}

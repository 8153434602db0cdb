import Cryptography
import Foundation

/// An Ed25519 key (RFC 8032) that signs packages.
package struct PackageKey: Sendable {
    private let key: Ed25519.PrivateKey

    /// Makes a new key.
    package init() {
        key = Ed25519.PrivateKey()
    }

    /// Who signs with it: `ed25519:` and the public key in Base64.
    package var signer: String { Self.name(of: key.publicKey) }

    /// The text of the file that holds the private key.
    package var fileText: String { "\(Self.fileHeader)\ned25519 \(Data(key.bytes).base64EncodedString())\n" }

    private static let fileHeader = "hookline-private-key 1"

    /// Reads a private key from its file.
    ///
    /// - Throws: `package.bad_key` for a file that is not a key, and for one that others may read.
    package init(file path: String) throws(PackageError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PackageError(.badKey, "there is no key at '\(path)': 'hookline keys new' makes one")
        }
        let rights = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard rights & 0o077 == 0 else {
            throw PackageError(
                .badKey,
                "others can read the key '\(path)'; protect it (chmod 600) and, if somebody may have read it, make a new one")
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, lines[0] == Self.fileHeader, lines[1].hasPrefix("ed25519 "),
            let raw = Data(base64Encoded: String(lines[1].dropFirst(8))),
            let key = Ed25519.PrivateKey(bytes: Array(raw))
        else { throw PackageError(.badKey, "'\(path)' is not a private key of Hookline: 'hookline keys new' makes one") }
        self.key = key
    }

    /// Signs a lock.
    func signature(of lock: PackageLock) -> PackageSignature {
        PackageSignature(signer: signer, bytes: key.signature(of: PackageSignature.message(lock)))
    }

    /// Checks the form of a signer's name.
    ///
    /// - Throws: `package.bad_key`.
    package static func check(signer: String) throws(PackageError) {
        let key = signer.hasPrefix("ed25519:") ? Data(base64Encoded: String(signer.dropFirst(8))) : nil
        guard key?.count == 32 else {
            throw PackageError(
                .badKey, "'\(signer)' is not a signer: write ed25519:…, as 'hookline keys list' and 'hookline info' print it")
        }
    }

    static func name(of key: Ed25519.PublicKey) -> String {
        "ed25519:" + Data(key.bytes).base64EncodedString()
    }
}

import Cryptography
import Foundation

/// Who signed a package: `hookpack.sig`, the second entry of a signed `.hookpack` file.
package struct PackageSignature: Equatable, Sendable {
    /// Its name in the archive.
    package static let path = "hookpack.sig"

    /// `ed25519:` and the public key in Base64.
    package let signer: String
    private let bytes: [UInt8]

    init(signer: String, bytes: [UInt8]) {
        self.signer = signer
        self.bytes = bytes
    }

    private static let header = "hookpack-signature 1"

    /// The text of the entry.
    package var text: String { "\(Self.header)\n\(signer)\n\(Data(bytes).base64EncodedString())\n" }

    /// Reads a signature and checks it against the lock.
    ///
    /// - Throws: `package.bad_signature`.
    package init(text content: [UInt8], of lock: PackageLock) throws(PackageError) {
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == Self.header, lines[3].isEmpty, lines[1].hasPrefix("ed25519:"),
            let raw = Data(base64Encoded: String(lines[1].dropFirst(8))), let signature = Data(base64Encoded: String(lines[2])),
            let key = Ed25519.PublicKey(checking: Array(raw))
        else { throw PackageError(.badSignature, "the package's \(Self.path) is not a signature that this Hookline reads") }
        guard key.isValid(Array(signature), of: Self.message(lock)) else {
            throw PackageError(
                .badSignature,
                "the package's signature does not match its files: somebody changed them, or the signature, after it was signed")
        }
        self.init(signer: PackageKey.name(of: key), bytes: Array(signature))
        guard text.utf8.elementsEqual(content) else {
            throw PackageError(.badSignature, "the package's \(Self.path) is not written the way 'hookline pack' writes it")
        }
    }

    /// What is signed: the lock, after words that no other kind of signature begins with.
    static func message(_ lock: PackageLock) -> [UInt8] { Array("\(header)\n\(lock.text)".utf8) }
}

import Cryptography
import Text

/// Identifies the exact content of an activation's files, which shows whether they have changed since a plan was saved.
package struct Fingerprint {
    private var digest = SHA256()

    package init() {}

    /// Adds a named part; the order matters.
    package mutating func add(_ name: String, _ content: [UInt8]) {
        digest.add(Array("\(name) \(content.count)\n".utf8))
        digest.add(content)
    }

    /// The SHA-256 in 64 hexadecimal digits.
    package var text: String { digest.digest.hexadecimal }
}

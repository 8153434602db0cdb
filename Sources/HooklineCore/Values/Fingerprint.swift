import Crypto
import Text

/// Names the exact content of an activation's files, so that a saved plan can tell whether they have changed.
package struct Fingerprint {
    private var digest = SHA256()

    package init() {}

    /// Adds a named part; the order counts.
    package mutating func add(_ name: String, _ content: [UInt8]) {
        digest.update(data: Array("\(name) \(content.count)\n".utf8))
        digest.update(data: content)
    }

    /// 64 hexadecimal digits.
    package var text: String { digest.finalize().hexadecimal }
}

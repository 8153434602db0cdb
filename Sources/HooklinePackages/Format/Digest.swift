import Cryptography
import HooklineCore
import Text

/// SHA-256 digests (FIPS 180-4) as text.
package enum Digest {
    /// 64 hexadecimal digits.
    package static func hex(of bytes: some Sequence<UInt8>) -> String { SHA256.digest(of: Array(bytes)).hexadecimal }

    /// `sha256:` and 64 hexadecimal digits, as people and `hookline.lock` name a package.
    package static func name(of bytes: some Sequence<UInt8>) -> String { "sha256:" + hex(of: bytes) }
}

/// The MD5 digest (RFC 1321), for identifiers; it protects nothing.
package enum MD5 {
    /// The digest of bytes: 16 bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.md5.digest(of: bytes) }
}

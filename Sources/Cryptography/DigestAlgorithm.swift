import CCrypto

/// A way to compute a digest, as libcrypto knows it.
struct DigestAlgorithm: @unchecked Sendable {
    /// SHA-256 (FIPS 180-4).
    static let sha256 = DigestAlgorithm("SHA256", properties: nil)
    /// MD5 (RFC 1321). It protects nothing, so that it is also taken where the machine's policy allows only FIPS.
    static let md5 = DigestAlgorithm("MD5", properties: "-fips")

    /// Lives as long as the process, and is never changed.
    let pointer: OpaquePointer

    private init(_ name: String, properties: String?) {
        guard let pointer = EVP_MD_fetch(nil, name, properties) else { fatalError("the system's libcrypto has no \(name)") }
        self.pointer = pointer
    }

    /// The digest of bytes.
    func digest(of bytes: [UInt8]) -> [UInt8] {
        let size = Int(EVP_MD_get_size(pointer))
        return [UInt8](unsafeUninitializedCapacity: size) { digest, count in
            let done = EVP_Digest(bytes, bytes.count, digest.baseAddress, nil, pointer, nil)
            precondition(done == 1, "libcrypto computes digests")
            count = size
        }
    }
}

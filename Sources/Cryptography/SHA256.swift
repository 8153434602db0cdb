import CCrypto

/// A SHA-256 digest (FIPS 180-4) of bytes that come one part after another.
package struct SHA256 {
    /// What libcrypto has read so far.
    private final class Context {
        let pointer: OpaquePointer

        init() {
            guard let pointer = EVP_MD_CTX_new(), EVP_DigestInit_ex2(pointer, DigestAlgorithm.sha256.pointer, nil) == 1 else {
                fatalError("libcrypto has no memory")
            }
            self.pointer = pointer
        }

        init(copying other: Context) {
            guard let pointer = EVP_MD_CTX_new(), EVP_MD_CTX_copy_ex(pointer, other.pointer) == 1 else {
                fatalError("libcrypto has no memory")
            }
            self.pointer = pointer
        }

        deinit { EVP_MD_CTX_free(pointer) }
    }

    private var context = Context()

    package init() {}

    /// The digest of bytes: 32 bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha256.digest(of: bytes) }

    /// Adds bytes.
    package mutating func add(_ bytes: [UInt8]) {
        if !isKnownUniquelyReferenced(&context) { context = Context(copying: context) }
        precondition(EVP_DigestUpdate(context.pointer, bytes, bytes.count) == 1, "libcrypto computes digests")
    }

    /// The digest of all bytes so far: 32 bytes. More may be added after.
    package var digest: [UInt8] {
        let finished = Context(copying: context)
        return [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            precondition(EVP_DigestFinal_ex(finished.pointer, digest.baseAddress, nil) == 1, "libcrypto computes digests")
            count = 32
        }
    }
}

import CCrypto

/// Signatures with Ed25519 (RFC 8032).
package enum Ed25519 {
    /// Makes signatures.
    package struct PrivateKey: Sendable {
        /// The seed: 32 bytes, to be kept secret.
        package let bytes: [UInt8]
        package let publicKey: PublicKey

        /// Makes a new key from the system's random numbers.
        package init() {
            guard let context = EVP_PKEY_CTX_new_from_name(nil, "ED25519", nil) else { fatalError("the system's libcrypto has no Ed25519") }
            defer { EVP_PKEY_CTX_free(context) }
            var made: OpaquePointer?
            guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &made) == 1, let made else {
                fatalError("the system's libcrypto makes no Ed25519 key")
            }
            let key = Key(made)
            bytes = Key.bytes { EVP_PKEY_get_raw_private_key(key.pointer, $0, $1) }
            publicKey = PublicKey(bytes: key.publicBytes)
        }

        /// Takes a key's 32 bytes; nil for any other number of them.
        package init?(bytes: [UInt8]) {
            guard let key = Key(privateBytes: bytes) else { return nil }
            self.bytes = bytes
            publicKey = PublicKey(bytes: key.publicBytes)
        }

        /// The signature of a message: 64 bytes, the same each time.
        package func signature(of message: [UInt8]) -> [UInt8] {
            guard let key = Key(privateBytes: bytes), let context = EVP_MD_CTX_new() else { fatalError("libcrypto has no memory") }
            defer { EVP_MD_CTX_free(context) }
            return [UInt8](unsafeUninitializedCapacity: 64) { signature, count in
                count = 64
                guard EVP_DigestSignInit(context, nil, nil, nil, key.pointer) == 1,
                    EVP_DigestSign(context, signature.baseAddress, &count, message, message.count) == 1, count == 64
                else { fatalError("libcrypto signs with a key that it made") }
            }
        }
    }

    /// Checks signatures.
    package struct PublicKey: Equatable, Sendable {
        /// 32 bytes.
        package let bytes: [UInt8]

        fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

        /// Takes a key's 32 bytes; nil for any other number of them.
        package init?(checking bytes: [UInt8]) {
            guard Key(publicBytes: bytes) != nil else { return nil }
            self.bytes = bytes
        }

        /// Whether the holder of the private key signed the message.
        package func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
            guard signature.count == 64, let key = Key(publicBytes: bytes), let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            return EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// A key in libcrypto's memory.
    private final class Key {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { self.pointer = pointer }

        convenience init?(privateBytes bytes: [UInt8]) {
            guard bytes.count == 32, let pointer = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, bytes, bytes.count) else {
                return nil
            }
            self.init(pointer)
        }

        convenience init?(publicBytes bytes: [UInt8]) {
            guard bytes.count == 32, let pointer = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count) else {
                return nil
            }
            self.init(pointer)
        }

        deinit { EVP_PKEY_free(pointer) }

        var publicBytes: [UInt8] { Self.bytes { EVP_PKEY_get_raw_public_key(pointer, $0, $1) } }

        static func bytes(_ get: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
                count = 32
                precondition(get(bytes.baseAddress, &count) == 1 && count == 32, "an Ed25519 key has 32 bytes")
            }
        }
    }
}

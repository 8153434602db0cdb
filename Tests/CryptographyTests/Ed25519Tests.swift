import Cryptography
import Testing
import Text

@Suite("Ed25519")
struct Ed25519Tests {
    /// RFC 8032, 7.1: secret key, public key, message, signature.
    private static let published = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    @Test("gives the published keys and signatures", arguments: published)
    func vectors(secret: String, open: String, message: String, signature: String) throws {
        let key = try #require(Ed25519.PrivateKey(bytes: Self.bytes(secret)))
        #expect(key.publicKey.bytes == Self.bytes(open))
        #expect(key.signature(of: Self.bytes(message)) == Self.bytes(signature))
        #expect(try #require(Ed25519.PublicKey(checking: Self.bytes(open))).isValid(Self.bytes(signature), of: Self.bytes(message)))
    }

    @Test("a new key signs, and its bytes give it back")
    func roundTrip() throws {
        let key = Ed25519.PrivateKey()
        let message = Array("a package's lock".utf8)
        let signature = key.signature(of: message)
        #expect(key.publicKey.isValid(signature, of: message))
        let again = try #require(Ed25519.PrivateKey(bytes: key.bytes))
        #expect(again.publicKey == key.publicKey)
        #expect(again.signature(of: message) == signature)
        #expect(Ed25519.PrivateKey().bytes != key.bytes)
    }

    @Test("refuses another message, another signer, and a signature with any bit changed or any other length")
    func refusals() {
        let key = Ed25519.PrivateKey()
        let message = Array("a package's lock".utf8)
        let signature = key.signature(of: message)
        #expect(!key.publicKey.isValid(signature, of: message + [0]))
        #expect(!Ed25519.PrivateKey().publicKey.isValid(signature, of: message))
        for bit in 0..<512 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.isValid(changed, of: message))
        }
        for length in [0, 1, 63, 65, 128] {
            #expect(!key.publicKey.isValid(Array((signature + signature).prefix(length)), of: message))
        }
    }

    @Test("takes keys of 32 bytes only", arguments: [0, 1, 31, 33, 64])
    func lengths(count: Int) {
        #expect(Ed25519.PrivateKey(bytes: Array(repeating: 7, count: count)) == nil)
        #expect(Ed25519.PublicKey(checking: Array(repeating: 7, count: count)) == nil)
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}

import Cryptography
import Testing
import Text

@Suite("Digests")
struct DigestTests {
    @Test(
        "SHA-256 gives the published digests",
        arguments: [
            // FIPS 180-4, examples.
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(text: String, expected: String) {
        #expect(SHA256.digest(of: Array(text.utf8)).hexadecimal == expected)
        var parts = SHA256()
        for byte in text.utf8 { parts.add([byte]) }
        #expect(parts.digest.hexadecimal == expected)
    }

    @Test("a digest can be read in between, and a copy goes its own way")
    func copies() {
        var first = SHA256()
        first.add(Array("a".utf8))
        #expect(first.digest == SHA256.digest(of: Array("a".utf8)))
        var second = first
        second.add(Array("b".utf8))
        first.add(Array("c".utf8))
        #expect(second.digest == SHA256.digest(of: Array("ab".utf8)))
        #expect(first.digest == SHA256.digest(of: Array("ac".utf8)))
    }

    @Test(
        "MD5 gives the published digests",
        arguments: [
            // RFC 1321, A.5.
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ])
    func md5(text: String, expected: String) {
        #expect(MD5.digest(of: Array(text.utf8)).hexadecimal == expected)
    }
}

import Archive
import Cryptography
import Testing

@Suite("Writing archives")
struct TarWriterTests {
    private static let files = [
        ArchiveEntry(path: "activation.yaml", content: Array("hookline: 1\n".utf8)),
        ArchiveEntry(path: "lib/names.lua", content: Array(repeating: 0x61, count: 1_300)), ArchiveEntry(path: "z", content: []),
    ]

    @Test("the same files give the same bytes on every machine")
    func golden() throws {
        let bytes = try TarWriter.archive(of: Self.files)
        #expect(bytes.count == 512 * 9)
        let digest = SHA256.digest(of: bytes).map { String($0, radix: 16) }.joined()
        // From Debian 12 with libarchive 3.6.2. If it changes, packages from other machines are refused here.
        #expect(digest == "a881478abc31b9b4177697f17ef0ced62f71611c6579a9d7b0994b8b47779e")
        #expect(try TarWriter.archive(of: Self.files) == bytes)
    }

    @Test("an archive that was written is read back the same")
    func roundTrip() throws {
        #expect(try TarReader.entries(of: TarWriter.archive(of: Self.files)) == Self.files)
    }

    @Test("an archive written byte by byte is the same, so nothing depends on libarchive's choices")
    func byHand() throws {
        var tar = RawTar()
        for file in Self.files { tar.add(.init(name: file.path), file.content) }
        #expect(try TarWriter.archive(of: Self.files) == tar.closed)
    }

    @Test("paths that collide or cannot be stored on some system are refused")
    func paths() {
        for path in ["", "/a", "../a", "a/../b", "a//b", "./a", "a b", "ä", "a\\b", ".hidden", "a.", "con.lua", "LPT1", "a\nb", "a:b"] {
            #expect(throws: ArchiveError.self, "\(path)") { try TarWriter.archive(of: [ArchiveEntry(path: path, content: [])]) }
        }
        for pair in [["a", "a"], ["a.lua", "A.lua"], ["a", "a/b"], ["lib/x", "Lib/y"], ["a/b/c", "a/B"]] {
            #expect(throws: ArchiveError.self, "\(pair)") {
                try TarWriter.archive(of: pair.map { ArchiveEntry(path: $0, content: []) })
            }
        }
        #expect(throws: Never.self) {
            try TarWriter.archive(of: ["a/b", "a/c", "a/d/e", "ab"].map { ArchiveEntry(path: $0, content: []) })
        }
    }
}

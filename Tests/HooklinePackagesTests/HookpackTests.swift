import Archive
import Foundation
import HooklinePackages
import Testing

@Suite("A .hookpack file")
struct HookpackTests {
    static let files = [
        ArchiveEntry(path: "hooks.lua", content: Array("return {}\n".utf8)),
        ArchiveEntry(path: "activation.yaml", content: Array("hookline: 1\nname: vip\nversion: 1.0.0\n".utf8)),
    ]

    static func pack(_ files: [ArchiveEntry] = files, isTested: Bool = true, version: String = "1.0.0") throws -> Hookpack {
        try Hookpack(name: "vip", version: version, isTested: isTested, files: files)
    }

    @Test("is read as it was made, signed or not")
    func roundTrip() throws {
        let pack = try Self.pack()
        #expect(try Hookpack(archive: pack.archive()) == pack)
        let key = PackageKey()
        let signed = try pack.signed(by: key)
        let read = try Hookpack(archive: signed.archive())
        #expect(read == signed)
        #expect(read.signature?.signer == key.signer)
        #expect(read.digest == pack.digest)
    }

    @Test("has the same bytes and digest for the same files, in whatever order they were found, on every machine")
    func sameBytes() throws {
        let pack = try Self.pack()
        #expect(try Self.pack(Self.files.reversed()).archive() == pack.archive())
        #expect(
            pack.lock.text == """
                hookpack 1
                name vip
                version 1.0.0
                tested yes
                file \(Digest.hex(of: Self.files[1].content)) 37 activation.yaml
                file \(Digest.hex(of: Self.files[0].content)) 10 hooks.lua

                """)
        #expect(pack.digest == "sha256:234eb4086969e97314869edb98943dbc291d3ba6476b506478a44a8ecfb7c7e5")
    }

    @Test("has another digest when a file, the version or the tests are others")
    func otherDigest() throws {
        var changed = Self.files
        changed[0].content.append(0x20)
        let digests = try [Self.pack(), Self.pack(changed), Self.pack(isTested: false), Self.pack(version: "1.0.1")].map(\.digest)
        #expect(Set(digests).count == 4)
    }

    @Test("is refused when it could not be used once it is installed, or its version is no version")
    func unusable() throws {
        func archive(_ files: [ArchiveEntry], version: String = "1.0.0") throws -> [UInt8] {
            let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            let lock = PackageLock(
                name: "vip", version: version, isTested: true,
                files: sorted.map { PackageLock.File(path: $0.path, size: $0.content.count, sha256: Digest.hex(of: $0.content)) })
            return try TarWriter.archive(of: [ArchiveEntry(path: PackageLock.path, content: Array(lock.text.utf8))] + sorted)
        }
        func code(_ bytes: [UInt8]) -> PackageError.Code? { #expect(throws: PackageError.self) { try Hookpack(archive: bytes) }?.code }
        #expect(try code(archive(Self.files + [ArchiveEntry(path: "Hookpack.sig", content: [])])) == .unfit)
        let many = (0..<997).map { ArchiveEntry(path: "f\($0).txt", content: []) }
        #expect(try code(archive(Self.files + many)) == .unfit)
        #expect(try Hookpack(archive: archive(Self.files + many.dropLast())).files.count == 998)
        for version in ["1.0.0\u{1B}[2K", "1.0.0\u{7F}", String(repeating: "1", count: 65), "1 0"] {
            #expect(try code(archive(Self.files, version: version)) == .badLock, "\(version)")
        }
    }

    @Test("is refused when a file was changed, put in, left out or moved after it was packed")
    func tampered() throws {
        let pack = try Self.pack()
        let lock = ArchiveEntry(path: PackageLock.path, content: Array(pack.lock.text.utf8))
        var changed = pack.files
        changed[1].content[0] ^= 1
        let extra = ArchiveEntry(path: "z.lua", content: [])
        let cases: [(String, [ArchiveEntry], PackageError.Code)] = [
            ("changed", [lock] + changed, .changed), ("put in", [lock] + pack.files + [extra], .changed),
            ("left out", [lock, pack.files[0]], .changed), ("moved", [lock] + pack.files.reversed(), .badLock),
            ("without a lock", pack.files, .badLock), ("with its lock at the end", pack.files + [lock], .badLock),
        ]
        for (name, entries, code) in cases {
            let error = #expect(throws: PackageError.self, "\(name)") { try Hookpack(archive: TarWriter.archive(of: entries)) }
            #expect(error?.code == code, "\(name): \(error.map { "\($0)" } ?? "")")
        }
    }

    @Test(
        "is refused with a lock that nobody would write",
        arguments: [
            ("tested yes", "tested maybe"), ("hookpack 1", "hookpack 2"), ("hookpack 1", "hookpack  1"), ("name vip", "name ../vip"),
            ("name vip", "name VIP"), ("37 activation", "037 activation"), ("37 activation", "-1 activation"), ("hooks.lua\n", "hooks.lua"),
            ("hooks.lua\n", "hooks.lua\nmore\n"), ("hooks.lua\n", "hooks.lua\r\n"), ("file ", "link "),
        ])
    func lock(_ from: String, _ to: String) throws {
        let text = try Self.pack().lock.text
        let changed = text.replacing(from, with: to)
        #expect(changed != text)
        let error = #expect(throws: PackageError.self) { try PackageLock(text: Array(changed.utf8)) }
        #expect(error?.code == .badLock)
    }

    @Test("is refused when its signature is another's, or none")
    func signatures() throws {
        let signed = try Self.pack().signed(by: PackageKey())
        let other = try Self.pack(version: "2.0.0").signed(by: PackageKey())
        let text = try #require(signed.signature?.text)
        let lock = ArchiveEntry(path: PackageLock.path, content: Array(signed.lock.text.utf8))
        let forged = [
            try #require(other.signature?.text), text.replacing("ed25519:", with: "ed25519:A"), text + "\n", "",
            text.replacing("hookpack-signature 1", with: "hookpack-signature 2"),
        ]
        for signature in forged {
            let entry = ArchiveEntry(path: PackageSignature.path, content: Array(signature.utf8))
            let error = #expect(throws: PackageError.self) {
                try Hookpack(archive: TarWriter.archive(of: [lock, entry] + signed.files))
            }
            #expect(error?.code == .badSignature, "\(signature)")
        }
    }

    @Test("is not made of a folder that holds its own lock, or too much")
    func unfit() throws {
        for path in ["hookpack.lock", "hookpack.sig", "HOOKPACK.lock"] {
            #expect(throws: PackageError.self) { try Self.pack(Self.files + [ArchiveEntry(path: path, content: [])]) }
        }
        let many = (0..<1_000).map { ArchiveEntry(path: "f\($0)", content: []) }
        #expect(throws: PackageError.self) { try Self.pack(many) }
        #expect(throws: PackageError.self) {
            try Self.pack([ArchiveEntry(path: "a", content: [UInt8](repeating: 0, count: 32 << 20))])
        }
    }
}

import Archive
import Foundation
import HooklinePackages
import Testing

@Suite("Installed packages")
struct PackageShelfTests {
    private static func withShelf(_ body: (PackageShelf, URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-shelf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try body(PackageShelf(root: root.path), root)
    }

    private static func everything(in root: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { !$0.hasSuffix(".lock") }.sorted()
    }

    @Test("lie in packages/, pinned by digest and signer")
    func install() throws {
        try Self.withShelf { shelf, root in
            let pack = try HookpackTests.pack().signed(by: PackageKey())
            try shelf.install(pack, from: "vip-1.0.0.hookpack")
            let pin = try #require(try shelf.pins().packages["vip"])
            #expect(pin.digest == pack.digest)
            #expect(pin.signer == pack.signature?.signer)
            #expect(pin.from == "vip-1.0.0.hookpack")
            #expect(try shelf.verified("vip").files == pack.files)
            #expect(
                try Self.everything(in: root) == ["packages", "packages/vip", "packages/vip/activation.yaml", "packages/vip/hooks.lua"])
        }
    }

    @Test("give their place to a newer version, whole")
    func upgrade() throws {
        try Self.withShelf { shelf, root in
            try shelf.install(HookpackTests.pack(HookpackTests.files + [ArchiveEntry(path: "lib/old.lua", content: [])]), from: "a")
            try shelf.install(HookpackTests.pack(version: "2.0.0"), from: "b")
            #expect(try shelf.verified("vip").lock.version == "2.0.0")
            #expect(
                try Self.everything(in: root) == ["packages", "packages/vip", "packages/vip/activation.yaml", "packages/vip/hooks.lua"])
        }
    }

    @Test("are not replaced by one that somebody else signed, or nobody, unless that is wanted")
    func signer() throws {
        try Self.withShelf { shelf, _ in
            let key = PackageKey()
            try shelf.install(HookpackTests.pack().signed(by: key), from: "a")
            for other in [try HookpackTests.pack(version: "2.0.0"), try HookpackTests.pack(version: "2.0.0").signed(by: PackageKey())] {
                let error = #expect(throws: PackageError.self) { try shelf.install(other, from: "b") }
                #expect(error?.code == .otherSigner)
                #expect(try shelf.verified("vip").lock.version == "1.0.0")
            }
            try shelf.install(HookpackTests.pack(version: "2.0.0").signed(by: key), from: "b")
            try shelf.install(HookpackTests.pack(version: "3.0.0"), from: "b", mayChangeSigner: true)
            #expect(try shelf.verified("vip").lock.version == "3.0.0")
        }
    }

    @Test("are refused when a file was changed, added or taken away, or when the pin is missing")
    func changed() throws {
        try Self.withShelf { shelf, root in
            try shelf.install(HookpackTests.pack(), from: "a")
            let hooks = root.appendingPathComponent("packages/vip/hooks.lua")
            let before = try Data(contentsOf: hooks)
            func code() -> PackageError.Code? {
                do { _ = try shelf.verified("vip") } catch { return (error as? PackageError)?.code }
                return nil
            }
            try Data("return { filter = function() return true end }".utf8).write(to: hooks)
            #expect(code() == .changed)
            try before.write(to: hooks)
            #expect(code() == nil)
            let extra = root.appendingPathComponent("packages/vip/extra.lua")
            try Data().write(to: extra)
            #expect(code() == .changed)
            try FileManager.default.removeItem(at: extra)
            try FileManager.default.removeItem(at: hooks)
            try FileManager.default.createSymbolicLink(atPath: hooks.path, withDestinationPath: "/etc/hostname")
            #expect(code() == .unfit)
            try FileManager.default.removeItem(at: root.appendingPathComponent("packages/vip"))
            #expect(code() == .notFound)
            try FileManager.default.removeItem(at: root.appendingPathComponent("hookline.lock"))
            #expect(code() == .changed)
        }
    }

    @Test("are taken away without a trace")
    func uninstall() throws {
        try Self.withShelf { shelf, root in
            try shelf.install(HookpackTests.pack(), from: "a")
            try shelf.uninstall("vip")
            #expect(try Self.everything(in: root) == ["packages"])
            #expect(try shelf.pins().packages.isEmpty)
            let error = #expect(throws: PackageError.self) { try shelf.uninstall("vip") }
            #expect(error?.code == .notFound)
        }
    }

    @Test("survive an install that was killed half-way: the next one mends it")
    func killed() throws {
        try Self.withShelf { shelf, root in
            try shelf.install(HookpackTests.pack(), from: "a")
            // As it is left between taking the old one aside and putting the new one there.
            let folder = root.appendingPathComponent("packages")
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent("vip"), to: folder.appendingPathComponent(".old-vip"))
            try FileManager.default.createDirectory(at: folder.appendingPathComponent(".new-vip/lib"), withIntermediateDirectories: true)
            #expect(throws: PackageError.self) { try shelf.verified("vip") }
            try shelf.install(HookpackTests.pack(version: "2.0.0"), from: "a")
            #expect(try shelf.verified("vip").lock.version == "2.0.0")
            #expect(try Self.everything(in: root).count == 4)
        }
    }

    @Test("cannot be read from a lock that somebody broke")
    func pins() throws {
        try Self.withShelf { shelf, root in
            for text in ["", "{}", "not json", #"{"format":2,"packages":{}}"#] {
                try Data(text.utf8).write(to: root.appendingPathComponent("hookline.lock"))
                let error = #expect(throws: PackageError.self) { try shelf.pins() }
                #expect(error?.code == .badPins)
            }
        }
    }

    @Test("are unpacked once for all runs of one file")
    func cache() throws {
        try Self.withShelf { _, root in
            let pack = try HookpackTests.pack()
            let first = try PackageShelf.unpack(pack, into: root.path)
            #expect(try PackageShelf.unpack(pack, into: root.path) == first)
            try Data("changed".utf8).write(to: URL(fileURLWithPath: first + "/hooks.lua"))
            #expect(try PackageShelf.unpack(pack, into: root.path) == first)
            #expect(FileManager.default.contents(atPath: first + "/hooks.lua") == Data(HookpackTests.files[0].content))
        }
    }
}

@Suite("Keys")
struct PackageKeyTests {
    @Test("are read from a file that nobody else can read, and from no other")
    func files() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let key = PackageKey()
        #expect(FileManager.default.createFile(atPath: file, contents: Data(key.fileText.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(try PackageKey(file: file).signer == key.signer)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(throws: PackageError.self) { try PackageKey(file: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try Data("hookline-private-key 1\ned25519 AAAA\n".utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(throws: PackageError.self) { try PackageKey(file: file) }
        #expect(throws: PackageError.self) { try PackageKey(file: file + "-none") }
    }
}

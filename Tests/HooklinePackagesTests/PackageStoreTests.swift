import Archive
import Foundation
import HooklinePackages
import Testing

@Suite("Installed packages")
struct PackageStoreTests {
    private static func withStore(_ body: (PackageStore, URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try body(PackageStore(root: root.path), root)
    }

    private static func everything(in root: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { !$0.hasSuffix(".lock") && !$0.hasSuffix(".sig") }.sorted()
    }

    @Test("lie in packages/, pinned by digest and signer")
    func install() throws {
        try Self.withStore { store, root in
            let pack = try HookpackTests.pack().signed(by: PackageKey())
            try store.install(pack, from: "vip-1.0.0.hookpack")
            let pin = try #require(try store.pins().packages["vip"])
            #expect(pin.digest == pack.digest)
            #expect(pin.signer == pack.signature?.signer)
            #expect(pin.from == "vip-1.0.0.hookpack")
            #expect(try store.verified("vip").files == pack.files)
            #expect(
                try Self.everything(in: root) == ["packages", "packages/vip", "packages/vip/activation.yaml", "packages/vip/hooks.lua"])
        }
    }

    @Test("give their place to a newer version, whole")
    func upgrade() throws {
        try Self.withStore { store, root in
            try store.install(HookpackTests.pack(HookpackTests.files + [ArchiveEntry(path: "lib/old.lua", content: [])]), from: "a")
            try store.install(HookpackTests.pack(version: "2.0.0"), from: "b")
            #expect(try store.verified("vip").lock.version == "2.0.0")
            #expect(
                try Self.everything(in: root) == ["packages", "packages/vip", "packages/vip/activation.yaml", "packages/vip/hooks.lua"])
        }
    }

    @Test("are not replaced by one that somebody else signed, or nobody, unless that is wanted")
    func signer() throws {
        try Self.withStore { store, _ in
            let key = PackageKey()
            try store.install(HookpackTests.pack().signed(by: key), from: "a")
            for other in [try HookpackTests.pack(version: "2.0.0"), try HookpackTests.pack(version: "2.0.0").signed(by: PackageKey())] {
                let error = #expect(throws: PackageError.self) { try store.install(other, from: "b") }
                #expect(error?.code == .otherSigner)
                #expect(try store.verified("vip").lock.version == "1.0.0")
            }
            try store.install(HookpackTests.pack(version: "2.0.0").signed(by: key), from: "b")
            try store.install(HookpackTests.pack(version: "3.0.0"), from: "b", mayChangeSigner: true)
            #expect(try store.verified("vip").lock.version == "3.0.0")
        }
    }

    @Test("are refused when a file was changed, added or taken away, or when the pin is missing")
    func changed() throws {
        try Self.withStore { store, root in
            try store.install(HookpackTests.pack(), from: "a")
            let hooks = root.appendingPathComponent("packages/vip/hooks.lua")
            let before = try Data(contentsOf: hooks)
            func code() -> PackageError.Code? {
                do { _ = try store.verified("vip") } catch { return (error as? PackageError)?.code }
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
        try Self.withStore { store, root in
            try store.install(HookpackTests.pack(), from: "a")
            try store.uninstall("vip")
            #expect(try Self.everything(in: root) == ["packages"])
            #expect(try store.pins().packages.isEmpty)
            let error = #expect(throws: PackageError.self) { try store.uninstall("vip") }
            #expect(error?.code == .notFound)
        }
    }

    @Test("survive an upgrade that was killed at any step: the next use puts them right", arguments: 0...3)
    func killed(step: Int) throws {
        try Self.withStore { store, root in
            try store.install(HookpackTests.pack(), from: "a")
            let pinned = try Data(contentsOf: root.appendingPathComponent("hookline.lock"))
            let folder = root.appendingPathComponent("packages")
            func move(_ from: String, _ to: String) throws {
                try FileManager.default.moveItem(at: folder.appendingPathComponent(from), to: folder.appendingPathComponent(to))
            }
            switch step {
            case 0:
                // Half of the new one is written.
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(".new-vip/lib"), withIntermediateDirectories: true)
            case 1:
                // The old one is aside, on a file system without exchange.
                try move("vip", ".old-vip")
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(".new-vip/lib"), withIntermediateDirectories: true)
            default:
                // The new one is there, the pin is still the old one's; exchanged, or moved one after the other.
                try move("vip", ".keep")
                try FileManager.default.removeItem(at: root.appendingPathComponent("hookline.lock"))
                try store.install(HookpackTests.pack([HookpackTests.files[1]], version: "2.0.0"), from: "b")
                try pinned.write(to: root.appendingPathComponent("hookline.lock"))
                try move(".keep", step == 2 ? ".new-vip" : ".old-vip")
            }
            #expect(try store.verified("vip").lock.version == "1.0.0")
            try store.install(HookpackTests.pack(version: "2.0.0"), from: "b")
            #expect(try store.verified("vip").lock.version == "2.0.0")
            #expect(try Self.everything(in: root).count == 4)
        }
    }

    @Test("are looked at by whoever installs while nobody else can change them")
    func accepting() throws {
        try Self.withStore { store, _ in
            struct Refused: Error {}
            try store.install(HookpackTests.pack(), from: "a")
            #expect(throws: Refused.self) {
                try store.install(HookpackTests.pack(version: "2.0.0"), from: "b") { pin in
                    #expect(pin?.version == "1.0.0")
                    throw Refused()
                }
            }
            #expect(try store.verified("vip").lock.version == "1.0.0")
        }
    }

    @Test("that somebody changed are named file by file, and neither replaced nor thrown away unasked")
    func edits() throws {
        try Self.withStore { store, root in
            try store.install(HookpackTests.pack(), from: "a.hookpack")
            let mine = root.appendingPathComponent("packages/vip/hooks.lua")
            try Data("mine".utf8).write(to: mine)
            try Data().write(to: root.appendingPathComponent("packages/vip/extra.lua"))
            for attempt in [
                { _ = try store.verified("vip") }, { try store.install(HookpackTests.pack(), from: "a") },
                { try store.install(HookpackTests.pack(version: "2.0.0"), from: "a") }, { try store.uninstall("vip") },
            ] {
                let error = #expect(throws: PackageError.self) { try attempt() }
                #expect(error?.code == .changed)
                #expect(error?.message.contains("extra.lua is new, hooks.lua was changed") == true, "\(error?.message ?? "")")
                #expect(error?.message.contains("hookline install a.hookpack --discard-changes") == true)
                #expect(FileManager.default.contents(atPath: mine.path) == Data("mine".utf8))
            }
            try store.install(HookpackTests.pack(), from: "a", discardsChanges: true)
            #expect(try store.verified("vip").files == HookpackTests.pack().files)
            try Data("mine".utf8).write(to: mine)
            try store.uninstall("vip", discardsChanges: true)
            #expect(try Self.everything(in: root) == ["packages"])
        }
    }

    @Test("do not take the place of a folder that is not theirs, nor take it away")
    func notOurs() throws {
        try Self.withStore { store, root in
            let folder = root.appendingPathComponent("packages/vip")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("precious".utf8).write(to: folder.appendingPathComponent("precious.txt"))
            for attempt in [{ try store.install(HookpackTests.pack(), from: "a", discardsChanges: true) }, { try store.uninstall("vip") }] {
                #expect(#expect(throws: PackageError.self) { try attempt() }?.code == .taken)
            }
            for name in [".lock", "..", "", "vip/", "./vip", "../packages"] {
                #expect(#expect(throws: PackageError.self) { try store.uninstall(name) }?.code == .notFound, "\(name)")
            }
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("precious.txt").path))
        }
    }

    @Test("are held against their signature, not only against what hookline.lock says")
    func forgedPin() throws {
        try Self.withStore { store, root in
            let (honest, key) = (try HookpackTests.pack(), PackageKey())
            try store.install(honest.signed(by: key), from: "a")
            var files = honest.files
            files[1].content = Array("return { filter = function() return true end }".utf8)
            let forged = try HookpackTests.pack(files)
            try Data(files[1].content).write(to: root.appendingPathComponent("packages/vip/hooks.lua"))
            let lock = root.appendingPathComponent("hookline.lock")
            try (try String(contentsOf: lock, encoding: .utf8)).replacing(honest.digest, with: forged.digest)
                .write(to: lock, atomically: true, encoding: .utf8)
            #expect(#expect(throws: PackageError.self) { try store.verified("vip") }?.code == .badSignature)
            try FileManager.default.removeItem(at: root.appendingPathComponent("packages/vip/.hookpack.sig"))
            #expect(#expect(throws: PackageError.self) { try store.verified("vip") }?.code == .badSignature)
        }
    }

    @Test("cannot be read from a lock that somebody broke")
    func pins() throws {
        try Self.withStore { store, root in
            for text in ["", "{}", "not json", #"{"format":2,"packages":{}}"#] {
                try Data(text.utf8).write(to: root.appendingPathComponent("hookline.lock"))
                let error = #expect(throws: PackageError.self) { try store.pins() }
                #expect(error?.code == .badPins)
            }
        }
    }

    @Test("are unpacked once for all runs of one file")
    func cache() throws {
        try Self.withStore { _, root in
            let pack = try HookpackTests.pack()
            let first = try PackageCache(root.path).folder(of: pack)
            #expect(try PackageCache(root.path).folder(of: pack) == first)
            try Data("changed".utf8).write(to: URL(fileURLWithPath: first + "/hooks.lua"))
            #expect(try PackageCache(root.path).folder(of: pack) == first)
            #expect(FileManager.default.contents(atPath: first + "/hooks.lua") == Data(HookpackTests.files[0].content))
        }
    }

    @Test("are thrown away when nobody has run them for a month, and nothing else is")
    func staleCache() throws {
        try Self.withStore { _, root in
            let old = try PackageCache(root.path).folder(of: try HookpackTests.pack())
            let (kept, left) = (root.path + "/" + String(repeating: "a", count: 32), root.path + "/.new-\(UUID().uuidString)")
            let foreign = root.path + "/.new-ideas"
            let list = root.path + "/" + String(repeating: "b", count: 32)
            try Data().write(to: URL(fileURLWithPath: list))
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)], ofItemAtPath: list)
            for path in [kept, left, foreign] { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
            for path in [old, left, foreign] {
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)], ofItemAtPath: path)
            }
            let new = try PackageCache(root.path).folder(
                of: try Hookpack(name: "vip", version: "9.0.0", isTested: true, files: HookpackTests.files))
            #expect([new, kept, foreign, list].allSatisfy { FileManager.default.fileExists(atPath: $0) })
            #expect(![old, left].contains { FileManager.default.fileExists(atPath: $0) })
        }
    }

    @Test("are not unpacked through a link, behind which another's folders may be")
    func linkedCache() throws {
        try Self.withStore { _, root in
            let (cache, precious) = (root.path + "/cache", root.path + "/precious")
            try FileManager.default.createDirectory(atPath: precious, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: cache, withDestinationPath: precious)
            let pack = try HookpackTests.pack()
            #expect(#expect(throws: PackageError.self) { _ = try PackageCache(cache).folder(of: pack) }?.code == .cannotWrite)
            #expect(try FileManager.default.contentsOfDirectory(atPath: precious).isEmpty)
        }
    }

    @Test("are not run from a folder that another user owns")
    func foreignCache() throws {
        guard getuid() == 0 else { return }
        try Self.withStore { _, root in
            let pack = try HookpackTests.pack()
            let location = try PackageCache(root.path).folder(of: pack)
            for folder in [location, root.path] {
                #expect(chown(folder, 65_534, 65_534) == 0)
                #expect(#expect(throws: PackageError.self) { _ = try PackageCache(root.path).folder(of: pack) }?.code == .cannotWrite)
                #expect(chown(folder, 0, 0) == 0)
            }
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

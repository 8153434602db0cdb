import Foundation
import Testing

@Suite("The code")
struct CodeTests {
    private static let code = Repository.files(in: ["Sources", "Tests", "Benchmarks"], extensions: ["swift", "c", "h"])

    @Test("is in files that can be read in one sitting", arguments: code)
    func length(_ path: String) throws {
        let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(lines <= 320, "\(path) has \(lines) lines; is there a second idea in it?")
    }

    @Test("has no drawers for odds and ends", arguments: code)
    func names(_ path: String) {
        for word in ["Utils", "Helpers", "Extensions", "Misc"] { #expect(!path.contains(word)) }
    }

    @Test("imports YAML in one room, the database in two, Lua's C side in one")
    func doors() throws {
        let doors = [
            "import Yams": ["Sources/HooklineManifest/"], "import GRDB": ["Sources/HooklineSources/", "Sources/HooklineStore/"],
            "import CLuaHost": ["Sources/Lua/"], "import CArchive": ["Sources/Archive/"],
            "import AsyncHTTPClient": ["Sources/Mailchimp/", "Sources/HooklinePackages/PackageDownload"],
        ]
        for path in Self.code where path.hasPrefix("Sources/") && path.hasSuffix(".swift") {
            let lines = Set(try Repository.text(path).split(separator: "\n"))
            for (line, rooms) in doors where lines.contains(Substring(line)) {
                #expect(rooms.contains { path.hasPrefix($0) }, "\(path) has \(line)")
            }
        }
    }

    @Test("runs every function that looks like a test")
    func testsRun() throws {
        for path in Self.code where path.hasPrefix("Tests/") {
            #expect(try !Repository.text(path).contains("func test" + "_"), "\(path) has a function that no runner calls")
        }
    }
}

@Suite("The repository")
struct RepositoryTests {
    private static let texts = Repository.files(
        in: ["Sources", "Tests", "scripts", "docs", "Benchmarks"], extensions: ["swift", "c", "h", "lua", "yaml", "md", "csv", "jsonl"])

    @Test("names nobody's real address", arguments: texts)
    func addresses(_ path: String) throws {
        let allowed = ["example.com", "example.org", "example.net", "example"]
        // Addresses end in a domain with a letter-only last label; that leaves out versions and Lua's method calls.
        for match in try Repository.text(path).matches(
            of: /[A-Za-z0-9._%+-]{2,}@([A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|de|fr|io|co|eu))\b/)
        {
            let domain = String(match.1).lowercased()
            #expect(allowed.contains { domain == $0 || domain.hasSuffix("." + $0) }, "\(path): \(domain)")
        }
    }

    @Test("names no machine's path", arguments: texts)
    func paths(_ path: String) throws {
        let text = try Repository.text(path)
        for word in ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/"] { #expect(!text.contains(word), "\(path) has \(word)") }
    }

    @Test(
        "has documents whose links lead somewhere",
        arguments: Repository.files(in: ["docs"], extensions: ["md"]) + ["README.md", "CONTRIBUTING.md"])
    func links(_ path: String) throws {
        let folder = Repository.root.appendingPathComponent(path).deletingLastPathComponent()
        for match in try Repository.text(path).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
            let target = folder.appendingPathComponent(String(match.1)).standardized.path
            #expect(FileManager.default.fileExists(atPath: target), "\(path) links to \(match.1)")
        }
    }
}

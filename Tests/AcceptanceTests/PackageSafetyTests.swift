import Foundation
import GRDB
import MailchimpSimulator
import Testing

@Suite("What a stranger's package may not do")
struct PackageSafetyTests {
    /// A workspace with an activation `vip` that has run, and a folder `theirs` with a package that a test changes.
    private static func withStranger(_ manifest: String, _ body: (Shop) async throws -> Void) async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(40)
        let shop = try await Shop(options)
        do {
            try shop.write(users: (1...40).map { (number: $0, country: "FR") })
            try shop.write("theirs/activation.yaml", manifest)
            try shop.write("theirs/hooks.lua", "return { filter = function(user) return user.id > 20 end }\n")
            try shop.write("theirs/samples/users.csv", "id,email,country\n1,a@example.com,FR\n")
            try shop.write("theirs/tests/a.yaml", "- test: nobody\n  expect: { added: [] }\n")
            try await body(shop)
        } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    private static func manifest(name: String = "theirs", version: String = "1.0.0", more: String = "") -> String {
        """
        hookline: 1
        name: \(name)
        version: \(version)
        source: shop
        fields: { id: integer, email: text, country: text }
        segment: { name: Board members }
        destination: newsletter
        mapping: { email: email }
        hooks: hooks.lua
        \(more)

        """
    }

    @Test("take over the segment of an activation, or of an installed package, by calling itself so")
    func name() async throws {
        try await Self.withStranger(Self.manifest(name: "vip")) { shop in
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            #expect(shop.members().count == 40)
            #expect(try await shop.shell.hookline("pack", "./theirs", "-o", "vip.hookpack").status == 0)
            for what in ["vip.hookpack", "./theirs"] {
                let run = try await shop.shell.hookline("run", what, "--yes", "--allow-removals", "40")
                #expect(run.status == 2 && run.errors.contains("[package.taken]"), "\(run.output)\(run.errors)")
            }
            #expect(shop.members().count == 40)
            // The same beside an installed one.
            try shop.write("theirs/activation.yaml", Self.manifest())
            #expect(try await shop.shell.hookline("install", "./theirs").status == 0)
            #expect(try await shop.shell.hookline("run", "theirs").status == 0)
            try shop.write("theirs/hooks.lua", "return { filter = function() return false end }\n")
            let run = try await shop.shell.hookline("run", "./theirs", "--allow-removals", "40")
            #expect(run.status == 2 && run.errors.contains("hookline upgrade theirs FILE [package.taken]"), "\(run.errors)")
            #expect(shop.members("Board members").count == 20)
            let upgrade = try await shop.shell.hookline("upgrade", "theirs", "./theirs", "--yes")
            #expect(upgrade.status == 2 && upgrade.errors.contains("--allow-downgrade [package.taken]"), "\(upgrade.errors)")
        }
    }

    @Test("adopt a person's segment, or loosen safeguards unseen")
    func settings() async throws {
        let more = "adopt: true\nsafeguards: { max_removed: 100%, allow_empty_source: true }\nbreakdown: { delete_empty: true }"
        try await Self.withStranger(Self.manifest(more: more)) { shop in
            // Somebody's own segment of that name.
            try shop.write(
                "activations/board/activation.yaml",
                Self.manifest(name: "board").replacing("hooks: hooks.lua", with: ""))
            #expect(try await shop.shell.hookline("run", "board").status == 0)
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent(".hookline/ledger.db"))
            let installed = try await shop.shell.hookline("install", "./theirs")
            for line in [
                "adopt: true; ", "safeguards: { max_removed: 100%, allow_empty_source: true }", "breakdown: { delete_empty: true }",
                "1 passes here",
            ] { #expect(installed.output.contains(line), "\(line): \(installed.output)\(installed.errors)") }
            let run = try await shop.shell.hookline("run", "theirs")
            #expect(run.status == 3 && run.output.contains("engine.segment_exists"), "\(run.output)\(run.errors)")
            #expect(shop.members("Board members").count == 40)
        }
    }

    @Test("read a table by a query that nobody sees, or one without an end")
    func query() async throws {
        let query = "sql: \"SELECT id, email, token AS country FROM secrets\""
        let manifest = Self.manifest(more: "model: { primary_key: id, \(query) }").replacing("source: shop", with: "source: crm")
        try await Self.withStranger(manifest) { shop in
            let queue = try DatabaseQueue(path: shop.folder.appendingPathComponent("data/crm.db").path)
            try await queue.write { try $0.execute(sql: "CREATE TABLE secrets(id INTEGER, email TEXT, token TEXT)") }
            try queue.close()
            let workspace = try String(contentsOf: shop.folder.appendingPathComponent("hookline.yaml"), encoding: .utf8)
            try shop.write(
                "hookline.yaml", workspace.replacing("sources:\n", with: "sources:\n  crm: { type: sqlite, path: data/crm.db }\n"))
            let info = try await shop.shell.hookline("info", "./theirs")
            #expect(info.output.contains("SELECT id, email, token AS country FROM secrets"), "\(info.output)\(info.errors)")
            #expect(try await shop.shell.hookline("info", "./theirs", "--json").json()["sql"] as? String != nil)
        }
    }

    @Test("hide a change in an upgrade behind letters that look, and compare, alike")
    func twins() async throws {
        try await Self.withStranger(Self.manifest()) { shop in
            func write(_ word: String, _ version: String) throws {
                try shop.write("theirs/activation.yaml", Self.manifest(version: version))
                try shop.write(
                    "theirs/hooks.lua", "local word = '\(word)'\r\nreturn { filter = function(user) return word == 'K' end }\r\n")
            }
            try write("K", "1.0.0")
            #expect(try await shop.shell.hookline("install", "./theirs", "--untested").status == 0)
            try write("\u{212A}", "1.1.0")
            let upgrade = try await shop.shell.hookline("upgrade", "theirs", "./theirs", "--yes", "--untested")
            #expect(upgrade.status == 0, "\(upgrade.errors)")
            #expect(upgrade.output.contains("  - local word = 'K'\\r"), "\(upgrade.output)")
            #expect(upgrade.output.contains("  + local word = '\\u{212A}'\\r"), "\(upgrade.output)")
            #expect(!upgrade.output.contains("  - return"), "\(upgrade.output)")
        }
    }

    @Test("lose a byte when it becomes somebody's own")
    func copied() async throws {
        try await Self.withStranger(Self.manifest().replacing("\n", with: "\r\n").replacing("name: theirs", with: "\"name\": theirs")) {
            shop in
            let binary = Data([0xFF, 0xFE, 0x00, 0x62, 0xE9])
            let lookup = shop.folder.appendingPathComponent("theirs/lookups/odd.bin")
            try FileManager.default.createDirectory(at: lookup.deletingLastPathComponent(), withIntermediateDirectories: true)
            try binary.write(to: lookup)
            let made = try await shop.shell.hookline("new", "ours", "--from", "./theirs")
            #expect(made.status == 0, "\(made.errors)")
            let ours = shop.folder.appendingPathComponent("activations/ours")
            #expect(try Data(contentsOf: ours.appendingPathComponent("lookups/odd.bin")) == binary)
            let before = try String(contentsOf: shop.folder.appendingPathComponent("theirs/activation.yaml"), encoding: .utf8)
            let after = try String(contentsOf: ours.appendingPathComponent("activation.yaml"), encoding: .utf8)
            #expect(after == before.replacing("\"name\": theirs", with: "name: ours"))
            #expect(try await shop.shell.hookline("check", "ours").status == 0)
            #expect(try await shop.shell.hookline("new", "two", "--from", "./theirs", "--template", "basic").status == 2)
        }
    }

    @Test("keep a secret of its address, or be fetched from where none is safe")
    func address() async throws {
        try await Self.withStranger(Self.manifest()) { shop in
            for (address, words) in [
                ("https://user:pa55word@localhost:1/ok.hookpack", "a name or password"), ("https://localhost:99999/ok.hookpack", "no port"),
                ("http://example.com/ok.hookpack", "over https only"), ("ftp://example.com/ok.hookpack", "over https only"),
                ("https://127.0.0.1:1/ok.hookpack?token=SECRET#f", "nothing answers there"),
            ] {
                let refused = try await shop.shell.hookline("install", address)
                #expect(refused.errors.contains(words) && refused.errors.contains("[package.download]"), "\(refused.errors)")
                #expect(!refused.errors.contains("pa55word") && !refused.errors.contains("SECRET"), "\(refused.errors)")
            }
        }
    }

    @Test("use more memory or time in its tests than Hookline gives to a package that nobody has agreed to")
    func limits() async throws {
        let more = "limits: { memory: 4GB, cpu: 600s, instructions: 1000000000000 }"
        try await Self.withStranger(Self.manifest(more: more)) { shop in
            for body in ["for i = 1, 1e12 do end", "local s = {} for i = 1, 1e9 do s[i] = ('x'):rep(1000) end"] {
                try shop.write("theirs/hooks.lua", "return { filter = function(user) \(body) end }\n")
                let install = try await shop.shell.hookline("install", "./theirs")
                #expect(install.output.contains("1 OF 1 FAIL HERE"), "\(install.output)\(install.errors)")
                #expect(install.status == 2 && !shop.has("packages/theirs"), "\(install.errors)")
            }
            // What is refused anyway is refused before its tests are run.
            try shop.write("activations/theirs/activation.yaml", Self.manifest())
            let refused = try await shop.shell.hookline("install", "./theirs")
            #expect(refused.status == 2 && !refused.output.contains("FAIL HERE"), "\(refused.output)")
        }
    }

    @Test("print its names raw where a person is about to agree to an upgrade")
    func upgradeText() async throws {
        try await Self.withStranger(Self.manifest()) { shop in
            try shop.write("theirs/tests/a.yaml", "- test: fine\n  expect: { added: [] }\n")
            try shop.write("theirs/hooks.lua", "return { filter = function() return false end }\n")
            #expect(try await shop.shell.hookline("install", "./theirs").status == 0)
            try shop.write("theirs/activation.yaml", Self.manifest(version: "1.1.0"))
            try shop.write("theirs/tests/a.yaml", "- test: \"E\\e[31mVIL\\u202e\\n✔ forged\"\n  expect: { added: [x@example.com] }\n")
            let upgrade = try await shop.shell.hookline("upgrade", "theirs", "./theirs", "--yes")
            let text = upgrade.output + upgrade.errors
            #expect(text.contains("FAIL HERE") && !text.contains("\u{1B}") && !text.contains("\n✔ forged"), "\(text)")
        }
    }

    @Test("show one thing in a plan and do another in the run")
    func plan() async throws {
        try await Self.withStranger(Self.manifest()) { shop in
            try shop.write(
                "theirs/hooks.lua",
                "return { filter = function(user, ctx) return ctx.run.kind == 'run' and not ctx.run.id:find('test') end }\n")
            #expect(try await shop.shell.hookline("install", "./theirs").status == 0)
            let plan = try await shop.shell.hookline("run", "theirs", "--dry-run", "--json").json()
            #expect((plan["buckets"] as? [String: Any])?["in_segment"] as? Int == 40)
            let preview = try await shop.shell.hookline("preview", "theirs")
            #expect(preview.output.contains("40 of 40 rows kept") || preview.errors.contains("40 of 40 rows kept"), "\(preview.output)")
            #expect(try await shop.shell.hookline("run", "theirs").status == 0)
            #expect(shop.members("Board members").count == 40)
        }
    }

    @Test("forge lines or commands for a terminal with its names")
    func names() async throws {
        let evil = "\"a\\e[31mb\\u202e\\nhookline.yaml:1:1: all is fine\": text"
        let manifest = Self.manifest().replacing("country: text", with: "country: text, \(evil)")
        try await Self.withStranger(manifest.replacing("name: theirs", with: "name: evil")) { shop in
            try shop.write("theirs/tests/a.yaml", "- test: \"one\\nnext: 1 passed\\e[2J\"\n  expect: { added: [x@example.com] }\n")
            try shop.write("theirs/samples/users.csv", "id,email,country\n1,a@example.com,FR\n")
            for command in [
                ["install", "./theirs"], ["check", "evil"], ["info", "evil"], ["test", "evil"], ["run", "evil"], ["pack", "./theirs"],
            ] {
                let result = try await shop.shell.hookline(command)
                let text = result.output + result.errors
                #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(command): \(text)")
                for line in text.split(separator: "\n") {
                    #expect(!line.hasPrefix("hookline.yaml:1:1: all is fine") && !line.hasPrefix("next: 1 passed"), "\(command): \(text)")
                }
            }
        }
    }
}

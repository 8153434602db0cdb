import Foundation
import MailchimpSimulator
import Testing

@Suite("Packages that travel, with the program and a server")
struct TravellingPackagesTests {
    private static let names = ["lifecycle-stages", "locale-newsletter", "suppression-list", "vip-customers", "win-back"]

    /// A workspace without packages, whose people lie in a JSONL file under other names.
    private static func withWorkspace(_ body: (Shop) async throws -> Void) async throws {
        var options = SimulatorOptions()
        options.contacts = .these((0..<120).map { ("person\($0)@example.com", .subscribed) })
        let shop = try await Shop(options)
        try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations"))
        try shop.write("data/crm.jsonl", people())
        let fields =
            "{ id: no, email: mail.private, email_private: mail.private, email_work: mail.office, work_email: mail.office, country: land,"
            + " lifetime_value: spent, orders: bought, first_order_at: first, last_order_at: last, consent: ok, locale: tongue, prefers: likes }"
        let needed = [
            "lifecycle-stages": [
                "id", "email", "work_email", "country", "orders", "lifetime_value", "first_order_at", "last_order_at", "consent",
            ],
            "locale-newsletter": ["id", "email_private", "email_work", "prefers", "locale", "consent"],
            "suppression-list": ["id", "email", "consent"], "vip-customers": ["id", "email", "country", "lifetime_value", "consent"],
            "win-back": ["id", "email", "orders", "last_order_at", "consent"],
        ]
        let columns = Dictionary(
            fields.dropFirst(2).dropLast(2).split(separator: ", ").map { pair in
                let parts = pair.split(separator: ": ")
                return (String(parts[0]), String(parts[1]))
            }, uniquingKeysWith: { $1 })
        let bindings = needed.sorted { $0.key < $1.key }.map { name, fields in
            let list = fields.map { "\($0): \(columns[$0] ?? $0)" }.joined(separator: ", ")
            return "  \(name): { bind: { source: crm, destination: main, fields: { \(list) } } }"
        }
        try shop.write(
            "hookline.yaml",
            """
            hookline: 1
            sources:
              crm: { type: jsonl, path: data/crm.jsonl }
            destinations:
              main: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }
            activations:
            \(bindings.joined(separator: "\n"))
            """)
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    private static func people() -> String {
        let day = 86_400.0
        let format = ISO8601DateFormatter()
        func daysAgo(_ days: Int) -> String { format.string(from: Date(timeIntervalSinceNow: -Double(days) * day)) }
        return (0..<120).map { number in
            let land = ["FR", "BE", "DE", "NL"][number % 4]
            let tongue = ["fr-FR", "nl_BE", "de", "en"][number % 4]
            return """
                {"no": \(number), "mail": {"private": "person\(number)@example.com", "office": null}, "land": "\(land)", "spent": \(number * 20), \
                "bought": \(number % 7 + 1), "first": "\(daysAgo(400))", "last": "\(daysAgo(number * 4))", "ok": true, "tongue": "\(tongue)", \
                "likes": "private", "secret": "never handed over"}

                """
        }.joined()
    }

    @Test("each shipped package is packed, installed, tested and run on a source of other names", arguments: names)
    func shipped(_ name: String) async throws {
        try await Self.withWorkspace { shop in
            let folder = Repository.root.appendingPathComponent("scripts/activations/\(name)").path
            let packed = try await shop.shell.hookline("pack", folder, "-o", "p.hookpack", "--json")
            #expect(packed.status == 0, "\(packed.errors)")
            let again = try await shop.shell.hookline("pack", folder, "-o", "q.hookpack", "--quiet")
            #expect(again.status == 0)
            #expect(
                try Data(contentsOf: shop.folder.appendingPathComponent("p.hookpack"))
                    == Data(contentsOf: shop.folder.appendingPathComponent("q.hookpack")))
            #expect(try await shop.shell.hookline("verify", "p.hookpack").status == 0)
            let installed = try await shop.shell.hookline("install", "p.hookpack")
            #expect(installed.status == 0, "\(installed.errors)")
            #expect(installed.output.contains("source 'customers', here 'crm'"))
            #expect(installed.output.contains("nothing else"))
            #expect(!installed.errors.contains("hookline.yaml"), "\(installed.errors)")
            let check = try await shop.shell.hookline("check", name, "--purity")
            #expect(check.status == 0, "\(check.output)")
            #expect(check.errors.contains("were tried in three orders"), "\(check.errors)")
            let test = try await shop.shell.hookline("test", name, "--coverage", "--min-coverage", "95")
            #expect(test.status == 0, "\(test.output)\(test.errors)")
            #expect(test.output.contains("coverage of \(name): 100 % of the lines, 100 % of the functions"), "\(test.output)")
            let run = try await shop.shell.hookline("run", name, "--yes")
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(run.errors.contains("the first run of '\(name)'"))
            #expect(shop.server.segments.contains { !$0.members.isEmpty }, "\(run.output)")
            let second = try await shop.shell.hookline("run", name, "--yes")
            #expect(second.status == 0)
            #expect(!second.errors.contains("the first run"))
            #expect(shop.server.journal.contactsCreatedThroughAPI == 0)
        }
    }

    @Test("an installed package that somebody changed is not run, and can be made one's own")
    func changed() async throws {
        try await Self.withWorkspace { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers", "--yes").status == 0)
            let hooks = shop.folder.appendingPathComponent("packages/vip-customers/hooks.lua")
            try (try String(contentsOf: hooks, encoding: .utf8) + "-- mine\n").write(to: hooks, atomically: true, encoding: .utf8)
            for command in [["run", "vip-customers", "--yes"], ["check", "vip-customers"], ["verify", "vip-customers"], ["list"]] {
                let result = try await shop.shell.hookline(command)
                #expect(result.status == 2, "\(command) \(result.output)\(result.errors)")
                #expect((result.output + result.errors).contains("[package.changed]"), "\(command) \(result.output)\(result.errors)")
            }
            #expect(shop.server.segments.isEmpty)
            let made = try await shop.shell.hookline("new", "our-vips", "--from", "packages/vip-customers")
            #expect(made.status == 0, "\(made.errors)")
            #expect(try await shop.shell.hookline("test", "our-vips").status == 0)
            #expect(try await shop.shell.hookline("test", "vip-customers").errors.contains("hooks.lua was changed"))
            #expect(try await shop.shell.hookline("pack", "vip-customers").errors.contains("[package.changed]"))
            #expect(try await shop.shell.hookline("uninstall", "vip-customers").status == 2)
            #expect(try await shop.shell.hookline("install", "vip-customers", "--discard-changes").status == 0)
            let updated = try await shop.shell.hookline("test", "vip-customers", "--update")
            #expect(updated.status == 2 && updated.errors.contains("[package.changed]"), "\(updated.errors)")
            let shadow = try await shop.shell.hookline("new", "vip-customers")
            #expect(shadow.status == 2 && shadow.errors.contains("[package.taken]"), "\(shadow.errors)")
            #expect(try await shop.shell.hookline("uninstall", "vip-customers").output.contains("hookline.yaml"))
            #expect(!FileManager.default.fileExists(atPath: shop.folder.appendingPathComponent("hookline.lock").path))
        }
    }

    @Test("an upgrade shows what differs and who would enter, and keeps to the signer")
    func upgrade() async throws {
        try await Self.withWorkspace { shop in
            let keys = shop.folder.appendingPathComponent("keys").path
            #expect(try await shop.shell.hookline("keys", "new", "\(keys)/me.key").status == 0)
            #expect(try await shop.shell.hookline("keys", "new", "\(keys)/me.key").status == 1)
            let source = Repository.root.appendingPathComponent("scripts/activations/vip-customers")
            let mine = shop.folder.appendingPathComponent("mine")
            try FileManager.default.copyItem(at: source, to: mine)
            #expect(try await shop.shell.hookline("pack", "./mine", "-o", "one.hookpack", "--sign", "\(keys)/me.key").status == 0)
            #expect(try await shop.shell.hookline("install", "one.hookpack").status == 0)
            let manifest = mine.appendingPathComponent("activation.yaml")
            try (try String(contentsOf: manifest, encoding: .utf8)).replacing("version: 1.1.0", with: "version: 1.2.0")
                .replacing("default: 1000", with: "default: 2000").write(to: manifest, atomically: true, encoding: .utf8)
            #expect(try await shop.shell.hookline("pack", "./mine", "-o", "two.hookpack", "--untested").status == 0)
            let refused = try await shop.shell.hookline("upgrade", "vip-customers", "two.hookpack")
            #expect(refused.status == 2)
            #expect(refused.errors.contains("[package.other_signer]"), "\(refused.errors)")
            let kept = try await shop.shell.hookline("pack", "./mine", "-o", "two.hookpack", "--untested", "--sign", "\(keys)/me.key")
            #expect(kept.status == 2 && kept.errors.contains("signed by nobody"), "\(kept.errors)")
            #expect(
                try await shop.shell.hookline("pack", "./mine", "-o", "two.hookpack", "--untested", "--sign", "\(keys)/me.key", "--replace")
                    .status == 0)
            #expect(try await shop.shell.hookline("test", "one.hookpack").status == 0)
            let failing = try await shop.shell.hookline("upgrade", "vip-customers", "two.hookpack")
            #expect(failing.status == 2 && failing.errors.contains("[package.untested]"), "\(failing.errors)")
            let upgraded = try await shop.shell.hookline("upgrade", "vip-customers", "two.hookpack", "--untested")
            #expect(upgraded.status == 0, "\(upgraded.errors)")
            for line in ["vip-customers 1.1.0 → 1.2.0", "NOT TESTED", "  - version: 1.1.0", "  + version: 1.2.0", "would leave"] {
                #expect(upgraded.output.contains(line), "\(line): \(upgraded.output)\(upgraded.errors)")
            }
            #expect(try await shop.shell.hookline("list").output.contains("NOT TESTED"))
            let back = try await shop.shell.hookline("upgrade", "vip-customers", "one.hookpack")
            #expect(back.errors.contains("--allow-downgrade"))
            #expect(try await shop.shell.hookline("upgrade", "vip-customers", "one.hookpack", "--allow-downgrade").status == 0)
        }
    }

    @Test("a .hookpack file runs as it is, with values of a file; a damaged one leaves nothing behind")
    func file() async throws {
        try await Self.withWorkspace { shop in
            #expect(try await shop.shell.hookline("pack", "vip-customers", "-o", "v.hookpack").status == 0)
            let info = try await shop.shell.hookline("info", "v.hookpack", "--json").json()
            #expect(info["bound_source"] as? String == "crm")
            #expect(info["tested"] as? Bool == true)
            #expect((info["parameters"] as? [[String: Any]])?.count == 5)
            // A folder that could not be packed still runs.
            let folder = shop.folder.appendingPathComponent("ours/vip-customers")
            try FileManager.default.createDirectory(at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Repository.root.appendingPathComponent("scripts/activations/vip-customers"), to: folder)
            try shop.write("ours/vip-customers/my notes.txt", "mine")
            let dry = try await shop.shell.hookline("run", "ours/vip-customers", "--dry-run")
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(dry.errors.contains("the first run of 'vip-customers'"))
            try shop.write("values.yaml", "threshold: 2200\ncountries: [FR, NL]\n")
            let run = try await shop.shell.hookline("run", "v.hookpack", "--yes", "--values", "values.yaml", "--set", "others=false")
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(Set(shop.server.segments.map(\.name)) == ["VIP customers: France", "VIP customers: Netherlands"])
            #expect(shop.server.segments.flatMap(\.members).count == 5)
            try shop.write("values.yaml", "threshold: [1]\ncuntries: [FR]\n")
            let wrong = try await shop.shell.hookline("run", "v.hookpack", "--yes", "--values", "values.yaml")
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("values.yaml:1:12"), "\(wrong.errors)")
            #expect(wrong.errors.contains("did you mean 'countries'?"), "\(wrong.errors)")
            var bytes = try Data(contentsOf: shop.folder.appendingPathComponent("v.hookpack"))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: shop.folder.appendingPathComponent("w.hookpack"))
            for command in [["verify", "w.hookpack"], ["install", "w.hookpack"], ["run", "w.hookpack"], ["info", "w.hookpack"]] {
                let result = try await shop.shell.hookline(command)
                #expect(result.status == 2, "\(command) \(result.output)\(result.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: shop.folder.appendingPathComponent("packages").path))
        }
    }

    @Test("a package for a later Hookline, or one that needs what the source has not, says what to do")
    func unfit() async throws {
        try await Self.withWorkspace { shop in
            let source = Repository.root.appendingPathComponent("scripts/activations/win-back")
            let manifest = try String(contentsOf: source.appendingPathComponent("activation.yaml"), encoding: .utf8)
            for (line, words) in [
                ("requires: hookline >= 9.0.0", "upgrade Hookline"), ("requires: hookline >= 0.1.0\napi: 2", "upgrade Hookline"),
            ] {
                try? FileManager.default.removeItem(at: shop.folder.appendingPathComponent("later"))
                try FileManager.default.copyItem(at: source, to: shop.folder.appendingPathComponent("later"))
                try shop.write(
                    "later/activation.yaml",
                    manifest.replacing("requires: hookline >= 0.1.0\napi: 1", with: line + "\nsomething_new: true"))
                let refused = try await shop.shell.hookline("install", "./later")
                #expect(refused.status == 2)
                #expect(refused.errors.contains(words) && !refused.errors.contains("something_new"), "\(refused.errors)")
            }
            let workspace = try String(contentsOf: shop.folder.appendingPathComponent("hookline.yaml"), encoding: .utf8)
            try shop.write(
                "hookline.yaml",
                workspace.replacing("crm: { type: jsonl, path: data/crm.jsonl }", with: "crm: { type: csv, path: data/crm.csv }"))
            try shop.write("data/crm.csv", "no,mail,orders\n1,person1@example.com,2\n")
            #expect(try await shop.shell.hookline("install", "win-back", "--yes").status == 0)
            let check = try await shop.shell.hookline("check", "win-back")
            #expect(check.status == 2)
            #expect(
                check.output.contains("the field 'last_order_at' reads 'last', which is not a column of the source 'crm'"),
                "\(check.output)")
            // An optional field may be missing, which is worth a warning; one that is bound must be there.
            try shop.write("data/crm.csv", "no,mail.private,ok,tongue\n1,person1@example.com,true,fr\n")
            let bound = try String(contentsOf: shop.folder.appendingPathComponent("hookline.yaml"), encoding: .utf8)
            #expect(try await shop.shell.hookline("install", "locale-newsletter", "--yes").status == 0)
            let misspelt = try await shop.shell.hookline("check", "locale-newsletter")
            #expect(misspelt.status == 2)
            #expect(misspelt.output.contains("the field 'email_work' reads 'mail.office', which is not a column"), "\(misspelt.output)")
            try shop.write(
                "hookline.yaml", bound.replacing(", email_work: mail.office, prefers: likes", with: ""))
            let absent = try await shop.shell.hookline("check", "locale-newsletter")
            #expect(absent.status == 0, "\(absent.output)")
            #expect(absent.output.contains("[manifest.absent_field]"), "\(absent.output)")
        }
    }
}

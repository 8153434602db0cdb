import Foundation
import Testing

@Suite("What is told of a package before anything runs")
struct BeforeRunningTests {
    private static func withWorkspace(_ body: (Shop) async throws -> Void) async throws {
        try await Shop.withCustomers("id,email,country,lifetime_value,consent\n1,person1@example.com,FR,3000,true\n", body)
    }

    @Test("what setup refuses, by check")
    func setup() async throws {
        try await Self.withWorkspace { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            #expect(try await shop.shell.hookline("check", "vip-customers").status == 0)
            let check = try await shop.shell.hookline("check", "vip-customers", "--set", "countries=FR,QQ")
            #expect(check.status == 2 && check.output.contains("setup failed") && check.output.contains("QQ"), "\(check.output)")
            for command in ["preview", "plan", "run"] {
                let result = try await shop.shell.hookline(command, "vip-customers", "--set", "countries=FR,QQ")
                #expect(result.status == 2, "\(command): \(result.output)\(result.errors)")
            }
        }
    }

    @Test("a rule or an address that names no field of the package, by check without its source and by pack")
    func fields() async throws {
        try await Self.withWorkspace { shop in
            #expect(try await shop.shell.hookline("new", "mine", "--from", "vip-customers").status == 0)
            let manifest = shop.folder.appendingPathComponent("activations/mine/activation.yaml")
            let text = try String(contentsOf: manifest, encoding: .utf8)
            try text.replacing("source: customers", with: "source: people").replacing("field: lifetime_value", with: "field: lifetime_valu")
                .write(to: manifest, atomically: true, encoding: .utf8)
            for command in [["check", "mine"], ["pack", "mine", "--untested"]] {
                let result = try await shop.shell.hookline(command)
                #expect(result.status == 2, "\(command)")
                #expect((result.output + result.errors).contains("did you mean 'lifetime_value'?"), "\(result.output)\(result.errors)")
            }
        }
    }

    @Test("that a field of a JSONL source is in no object, by preview")
    func preview() async throws {
        try await Self.withWorkspace { shop in
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try shop.write(
                "hookline.yaml", text.replacing("{ type: csv, path: data/crm.csv }", with: "{ type: jsonl, path: data/crm.jsonl }"))
            let line = #"{"id":1,"email":"person1@example.com","country":"FR","spent":3000,"consent":true}"# + "\n"
            try shop.write("data/crm.jsonl", String(repeating: line, count: 3_000))
            #expect(try await shop.shell.hookline("install", "vip-customers").errors.contains("lifetime_value"))
            let preview = try await shop.shell.hookline("preview", "vip-customers")
            #expect(preview.errors.contains("none of the first 1,001 objects has it: the field 'lifetime_value'"), "\(preview.errors)")
        }
    }

    @Test("that an upgrade cannot be compared: without anybody to ask it needs to be told")
    func upgrade() async throws {
        try await Self.withWorkspace { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            #expect(try await shop.shell.hookline("new", "vip", "--from", "vip-customers").status == 0)
            let manifest = shop.folder.appendingPathComponent("activations/vip/activation.yaml")
            try (try String(contentsOf: manifest, encoding: .utf8)).replacing("name: vip\n", with: "name: vip-customers\n")
                .replacing("version: 1.1", with: "version: 1.9").write(to: manifest, atomically: true, encoding: .utf8)
            try FileManager.default.moveItem(
                at: shop.folder.appendingPathComponent("activations/vip"), to: shop.folder.appendingPathComponent("next"))
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("data/crm.csv"))
            let refused = try await shop.shell.hookline("upgrade", "vip-customers", "./next")
            #expect(refused.status == 2 && refused.errors.contains("--yes [package.unfit]"), "\(refused.errors)")
            #expect(try await shop.shell.hookline("list").output.contains("1.1"))
            let upgraded = try await shop.shell.hookline("upgrade", "vip-customers", "./next", "--yes")
            #expect(upgraded.status == 0, "\(upgraded.output)\(upgraded.errors)")
        }
    }

    @Test("a signer that is none, a folder that is missing, and who signed what was packed")
    func words() async throws {
        try await Self.withWorkspace { shop in
            let packed = try await shop.shell.hookline("pack", "vip-customers", "-o", "v.hookpack")
            #expect(packed.output.contains("signed by nobody"), "\(packed.output)")
            for command in [["verify", "v.hookpack", "--signer", "me"], ["install", "v.hookpack", "--signer", "me"]] {
                let result = try await shop.shell.hookline(command)
                #expect(result.status == 2 && result.errors.contains("[package.bad_key]"), "\(result.errors)")
            }
            let nowhere = try await shop.shell.hookline("pack", "vip-customers", "-o", "none/v.hookpack")
            #expect(nowhere.errors.contains("there is no folder '"), "\(nowhere.errors)")
        }
    }
}

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

import Foundation
import Testing

@Suite("The workbench of a script's author")
struct WorkbenchTests {
    /// The folders of the packages that are shipped.
    private static let shipped: [String] = {
        let folder = Repository.root.appendingPathComponent("scripts/activations").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test("the tests of every shipped package pass, and reach every function and nearly every line", arguments: shipped)
    func shippedPackages(name: String) async throws {
        try await Shop.withPackage(name) { shop in
            let result = try await shop.shell.hookline("test", name, "--coverage", "--min-coverage", "95")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("100 % of the functions"))
        }
    }

    @Test("preview says who is in no segment after all, and tells of errors that are forgiven")
    func previewVerdicts() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            let manifest = "activations/vip/activation.yaml"
            let text = try String(contentsOf: shop.folder.appendingPathComponent(manifest), encoding: .utf8)
            try shop.write(manifest, text.replacing("on_script_error: fail", with: "on_script_error: keep"))
            try shop.write(
                "activations/vip/hooks.lua", "return { filter = function(user) if user.id == 1 then error('boom') end return true end }")
            try shop.write(
                "rows.csv",
                "id,email,lifetime_value,last_order_at\n1,ada@example.com,500,\n2,,500,\n3,nobody,500,\n4,ADA@example.com,500,\n")
            let result = try await shop.shell.hookline("preview", "vip", "--sample", "rows.csv")
            #expect(result.status == 0, "\(result.errors)")
            for verdict in ["no email", "bad email", "duplicate: of row 1", "1 of 4 rows kept"] {
                #expect(result.output.contains(verdict), "\(result.output)")
            }
            #expect(result.errors.contains("boom"), "\(result.errors)")
        }
    }

    @Test(
        "every template passes its own tests, whole, and check has nothing to say",
        arguments: ["basic", "breakdown", "suppression", "winback"])
    func templates(_ template: String) async throws {
        try await Shop.withPackage { shop in
            #expect(try await shop.shell.hookline("new", "mine", "--template", template).status == 0)
            let result = try await shop.shell.hookline("test", "mine", "--coverage", "--min-coverage", "100")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("100 % of the functions"))
            try shop.write("data/users.csv", "id,email,first_name,country,lifetime_value,last_order_at\n")
            let checked = try await shop.shell.hookline("check", "mine", "--purity")
            #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
            #expect((checked.output + checked.errors).contains("0 errors, 0 warnings"))
        }
    }

    @Test("two versions of a package are compared: who enters, leaves and changes, and what they cost")
    func compare() async throws {
        try await Shop.withPackage("lifecycle-stages") { shop in
            let folder = shop.folder.appendingPathComponent("activations/lifecycle-stages")
            let other = shop.folder.appendingPathComponent("next/lifecycle-stages")
            try FileManager.default.createDirectory(at: other.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: folder, to: other)
            let sample = [
                "--sample", "activations/lifecycle-stages/samples/customers.csv", "--set", "hold_out_percent=0", "--set", "not_mailed=NO",
            ]
            let same = try await shop.shell.hookline(["compare", "lifecycle-stages", "--with", "next/lifecycle-stages"] + sample)
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.output.hasPrefix("0 would enter, 0 would leave, 0 would change, 12 stay as they are"))
            let names = try String(contentsOf: other.appendingPathComponent("lib/names.lua"), encoding: .utf8)
            try names.replacing("(%Y-%m)", with: "(%Y)").write(
                to: other.appendingPathComponent("lib/names.lua"), atomically: true, encoding: .utf8)
            let hooks = try String(contentsOf: other.appendingPathComponent("hooks.lua"), encoding: .utf8)
            try hooks.replacing("barred(ctx.params.not_mailed)", with: "barred({ \"IT\" })").write(
                to: other.appendingPathComponent("hooks.lua"), atomically: true, encoding: .utf8)
            let differs = try await shop.shell.hookline(["compare", "lifecycle-stages", "--with", "next/lifecycle-stages"] + sample)
            #expect(differs.output.hasPrefix("1 would enter, 1 would leave, 0 would change, 10 stay as they are"), "\(differs.output)")
            #expect(differs.output.contains("row 9 (9): dropped: not mailed in Norway → kept"))
            #expect(differs.output.contains("→ dropped: not mailed in Italy"))
            #expect(differs.output.contains("renamed, label 'lost': 'Lifecycle: lost ("))
            #expect(differs.output.contains("most expensive user of filter: "))
        }
    }
}

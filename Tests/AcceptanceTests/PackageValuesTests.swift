import Foundation
import MailchimpSimulator
import Testing

@Suite("The values that a workspace gives to a package")
struct PackageValuesTests {
    private static func withWorkspace(_ parameters: String, _ body: (Shop) async throws -> Void) async throws {
        try await Shop.withCustomers(
            "id,email,country,lifetime_value,consent\n1,person1@example.com,FR,3000,true\n",
            activations: "vip-customers: { params: \(parameters) }", body)
    }

    @Test("leave its tests alone, which hold for its own values")
    func tests() async throws {
        try await Self.withWorkspace("{ threshold: 5, countries: [NL] }") { shop in
            let install = try await shop.shell.hookline("install", "vip-customers")
            #expect(install.status == 0 && install.output.contains(" pass here"), "\(install.output)\(install.errors)")
            let test = try await shop.shell.hookline("test", "vip-customers")
            #expect(test.status == 0, "\(test.output)")
            #expect(try await shop.shell.hookline("list").output.contains("passed"))
        }
    }

    @Test("are told when they are wrong, and only a run has to wait for better ones")
    func wrong() async throws {
        try await Self.withWorkspace("{ threshold: lots, contries: [NL] }") { shop in
            let install = try await shop.shell.hookline("install", "vip-customers")
            #expect(install.status == 0, "\(install.output)\(install.errors)")
            for words in ["the parameter 'threshold' takes a number such as 10, 0.5 or 1e3, found 'lots'", "did you mean 'countries'?"] {
                #expect(install.errors.contains(words), "\(install.errors)")
                let info = try await shop.shell.hookline("info", "vip-customers")
                #expect(info.status == 0 && info.errors.contains(words), "\(info.errors)")
            }
            #expect(try await shop.shell.hookline("list").status == 0)
            // A wrong value does not make the scripts' use of the parameter wrong.
            let check = try await shop.shell.hookline("check", "vip-customers")
            #expect(check.status == 2 && !check.output.contains("script."), "\(check.output)")
            let run = try await shop.shell.hookline("run", "vip-customers")
            #expect(run.status == 2 && run.errors.contains("found 'lots'"), "\(run.errors)")
        }
    }

    @Test("are no reason to leave its scripts unread, nor is a source that is missing")
    func unbound() async throws {
        try await Self.withWorkspace("{ threshold: 5 }") { shop in
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try shop.write("hookline.yaml", text.replacing("customers:", with: "people:"))
            #expect(try await shop.shell.hookline("new", "mine", "--from", "vip-customers").status == 0)
            let hooks = shop.folder.appendingPathComponent("activations/mine/hooks.lua")
            try (String(contentsOf: hooks, encoding: .utf8)).replacing("user.country", with: "user.contry")
                .write(to: hooks, atomically: true, encoding: .utf8)
            let check = try await shop.shell.hookline("check", "mine")
            #expect(check.status == 2)
            for words in ["there is no source 'customers'", "activations/mine/hooks.lua:", "did you mean 'country'?"] {
                #expect(check.output.contains(words), "\(words): \(check.output)")
            }
        }
    }

    @Test("are asked for at the place in the archive that wants them")
    func archive() async throws {
        try await Self.withWorkspace("{ threshold: 5 }") { shop in
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(try await shop.shell.hookline("pack", "vip-customers", "-o", "v.hookpack").status == 0)
            try shop.write("hookline.yaml", text.replacing("customers:", with: "people:"))
            let run = try await shop.shell.hookline("run", "v.hookpack", "--dry-run")
            #expect(run.status == 2 && run.errors.contains("v.hookpack/activation.yaml:"), "\(run.errors)")
        }
    }

    @Test("may name its segment, and say what becomes of values that do not fit")
    func segment() async throws {
        try await Self.withWorkspace("{ threshold: 5, others: false }") { shop in
            try shop.write(
                "data/crm.csv",
                "id,email,country,worth,consent\n1,person1@example.com,FR,\"3.000,00\",true\n2,person2@example.com,FR,3000,true\n")
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try shop.write("hookline.yaml", text.replacing("{ params", with: "{ bind: { fields: { lifetime_value: worth } }, params"))
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            let bad = try await shop.shell.hookline("run", "vip-customers")
            for words in [
                "column 'worth', which is the field 'lifetime_value', is not of type number", "{ vip-customers: { bind: { … } } }",
            ] {
                #expect(bad.status != 0 && (bad.output + bad.errors).contains(words), "\(bad.output)\(bad.errors)")
            }
            try shop.write(
                "hookline.yaml",
                text.replacing(
                    "{ params", with: "{ bind: { segment: Ours, on_bad_value: 'null', fields: { lifetime_value: worth } }, params"))
            let run = try await shop.shell.hookline("run", "vip-customers", "--yes")
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            #expect(shop.server.segments.map(\.name) == ["Ours: France"])
            #expect(try await shop.shell.hookline("test", "vip-customers").status == 0)
            #expect(try await shop.shell.hookline("info", "vip-customers").output.contains(" Ours\n"))
        }
    }

    @Test("are left behind by a copy, which may be one of a package that somebody broke")
    func copy() async throws {
        try await Self.withWorkspace("{}") { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            let hooks = shop.folder.appendingPathComponent("packages/vip-customers/hooks.lua")
            try (String(contentsOf: hooks, encoding: .utf8) + "\nx\n").write(to: hooks, atomically: true, encoding: .utf8)
            let info = try await shop.shell.hookline("info", "./packages/vip-customers")
            #expect(
                info.errors.contains("[hook.syntax]") && info.errors.contains("vip-customers: the script does not compile"),
                "\(info.errors)")
            let copy = try await shop.shell.hookline("new", "mine", "--from", "packages/vip-customers")
            #expect(copy.status == 0, "\(copy.errors)")
            #expect(FileManager.default.fileExists(atPath: shop.folder.appendingPathComponent("activations/mine/hooks.lua").path))
            let other = try await shop.shell.hookline("new", "third", "--from", "mine")
            #expect(other.status == 0 && other.output.contains("activation.yaml"), "\(other.output)")
        }
    }

    @Test("belong to a plan: one that was made with another source or binding is not sent")
    func plan() async throws {
        try await Self.withWorkspace("{ threshold: 5 }") { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            try shop.write("data/other.csv", "id,email,country,land,lifetime_value,consent\n1,person1@example.com,FR,NL,3000,true\n")
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(try await shop.shell.hookline("plan", "vip-customers", "-o", "plan.json").status == 0)
            for other in [
                text.replacing("data/crm.csv", with: "data/other.csv"),
                text.replacing("{ params", with: "{ bind: { fields: { country: consent } }, params"),
                text.replacing("threshold: 5", with: "threshold: 6"),
                text.replacing("newsletter: {", with: "newsletter: { defaults: { timezone: Pacific/Kiritimati },"),
                text.replacing("newsletter: {", with: "newsletter: { defaults: { safeguards: { max_script_errors: 7 } },"),
            ] {
                try shop.write("hookline.yaml", other)
                let apply = try await shop.shell.hookline("apply", "plan.json")
                #expect(apply.status == 1 && apply.output.contains("engine.stale_plan"), "\(apply.output)\(apply.errors)")
            }
            #expect(shop.server.segments.isEmpty)
            // Words that change nothing leave a plan as it is.
            try shop.write("hookline.yaml", "# ours\n" + text)
            #expect(try await shop.shell.hookline("apply", "plan.json").status == 0)
        }
    }

    @Test("can stand in a file, for every command that looks at them")
    func file() async throws {
        try await Self.withWorkspace("{}") { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            try shop.write("values.yaml", "threshold: 5000\n")
            let preview = try await shop.shell.hookline("preview", "vip-customers", "--values", "values.yaml")
            #expect(preview.status == 0 && !preview.output.contains("France"), "\(preview.output)\(preview.errors)")
            #expect(try await shop.shell.hookline("check", "vip-customers", "--values", "values.yaml").status == 0)
            #expect(try await shop.shell.hookline("info", "vip-customers", "--values", "values.yaml").output.contains("5000"))
            let plan = try await shop.shell.hookline(
                "plan", "vip-customers", "--values", "values.yaml", "--set", "countries=FR", "-o", "plan.json")
            #expect(plan.errors.contains("hookline apply plan.json --values values.yaml --set countries=FR"), "\(plan.errors)")
        }
    }

    @Test("and a folder that is gone is not taken for the shipped package of its name")
    func gone() async throws {
        try await Self.withWorkspace("{}") { shop in
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("packages/vip-customers"))
            for command in ["info", "pack", "verify"] {
                let looked = try await shop.shell.hookline(command, "vip-customers")
                #expect(looked.status == 2 && looked.errors.contains("'packages/vip-customers' is missing"), "\(command): \(looked.errors)")
            }
            #expect(try await shop.shell.hookline("install", "vip-customers").status == 0)
        }
    }
}

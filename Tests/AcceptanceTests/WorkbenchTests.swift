import Foundation
import MailchimpSimulator
import Testing

@Suite("The workbench of a script's author")
struct WorkbenchTests {
    /// The folders of the packages that are shipped.
    private static let shipped: [String] = {
        let folder = Repository.root.appendingPathComponent("scripts/activations").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }()

    private func withPackage(_ name: String? = nil, _ body: (Shop) async throws -> Void) async throws {
        let shop = try await Shop(SimulatorOptions())
        try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations/vip"))
        if let name {
            let package = Repository.root.appendingPathComponent("scripts/activations/\(name)")
            try FileManager.default.copyItem(at: package, to: shop.folder.appendingPathComponent("activations/\(name)"))
        }
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    @Test("the tests of every shipped package pass, and reach every function and nearly every line", arguments: shipped)
    func shippedPackages(name: String) async throws {
        try await withPackage(name) { shop in
            let result = try await shop.shell.hookline("test", name, "--coverage", "--min-coverage", "95")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("100 % of the functions"))
        }
    }

    @Test("docs/guide/write-a-hook.md, command by command")
    func writeAHook() async throws {
        var options = SimulatorOptions()
        options.contacts = .these([("ada@example.com", .subscribed), ("carla@example.org", .subscribed)])
        let shop = try await Shop(options)
        func run(_ arguments: String..., exits status: Int32 = 0) async throws -> String {
            let result = try await shop.shell.hookline(arguments)
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            return result.output
        }
        _ = try await run("new", "big-spenders")
        #expect(try await run("test", "big-spenders").contains("2 passed, 0 failed"))
        let guide = try String(contentsOf: Repository.root.appendingPathComponent("docs/guide/write-a-hook.md"), encoding: .utf8)
        let package = shop.folder.appendingPathComponent("activations/big-spenders")
        let tests = package.appendingPathComponent("tests/users.yaml")
        let before = try String(contentsOf: tests, encoding: .utf8)
        try Data((before + "\n" + block("yaml", of: guide)).utf8).write(to: tests)
        let red = try await run("test", "big-spenders", "--filter", "France", exits: 1)
        #expect(red.contains("+ carla@example.org  row 3: kept"))
        #expect(red.contains("dropped, 'not in France': expected 1, got 0"))
        #expect(red.contains("activations/big-spenders/tests/users.yaml:15"))
        try Data(block("lua", of: guide).utf8).write(to: package.appendingPathComponent("hooks.lua"))
        #expect(try await run("test", "big-spenders", "--filter", "France").contains("1 passed, 0 failed"))
        #expect(try await run("test", "big-spenders", exits: 1).contains("✘ big-spenders: a lower threshold lets more users in"))

        let sample = "activations/big-spenders/samples/users.csv"
        #expect(try await run("preview", "big-spenders", "--sample", sample).contains("dropped: country unknown"))
        try FileManager.default.createDirectory(at: shop.folder.appendingPathComponent("data"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: shop.folder.appendingPathComponent(sample), to: shop.folder.appendingPathComponent("data/users.csv"))
        #expect(try await run("preview", "big-spenders", "--limit", "10").contains("1 of 3 rows kept"))
        _ = try await run("check", "big-spenders", "--purity")
        #expect(try await run("plan", "big-spenders").contains("+1 would enter"))
        #expect(try await run("run", "big-spenders", "--yes").contains("1 members"))
        await shop.close()
    }

    /// The first block of a page in that language.
    private func block(_ language: String, of page: String) -> String {
        let parts = page.components(separatedBy: "```\(language)\n")
        return parts.count > 1 ? parts[1].components(separatedBy: "```")[0] : ""
    }

    @Test("mistakes in a file of tests are told with their place, all at once")
    func mistakes() async throws {
        try await withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  expct: { added: [] }\n  expect: {}\n- test: two\n  sample: user.csv\n  expect: { addd: [] }\n- expect: { added: 5 }\n"
            )
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 2)
            for line in [
                "tests/users.yaml:2:3: 'expct' is not a key of a test", "did you mean 'expect'?",
                "tests/users.yaml:3:11: the test expects nothing",
                "tests/users.yaml:5:11: there is no sample 'user.csv' in samples/; did you mean 'users.csv'?", "'addd' is not a key",
                "a test needs 'test'", "'added' takes a list",
            ] { #expect(result.errors.contains(line), "\(result.errors)") }
        }
    }

    @Test("snapshots are written, compared, and written anew")
    func snapshots() async throws {
        try await withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write("activations/vip/tests/users.yaml", "- test: as it was\n  expect: { snapshot: true }\n")
            let first = try await shop.shell.hookline("test", "vip")
            #expect(first.status == 1)
            #expect(first.output.contains("there is none yet"))
            #expect(try await shop.shell.hookline("test", "vip", "--update").status == 0)
            #expect(try await shop.shell.hookline("test", "vip").status == 0)
            try shop.write("activations/vip/hooks.lua", "return { filter = function(user) return false, 'nobody' end }")
            let changed = try await shop.shell.hookline("test", "vip", "--json")
            #expect(changed.status == 1)
            #expect(changed.output.contains("snapshot differs"))
            #expect(try changed.json()["failed"] as? Int == 1)
        }
    }

    @Test("mapped fields, labels, logs, errors, stops, members and budgets are held against what is expected")
    func expectations() async throws {
        try await withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write(
                "activations/vip/hooks.lua",
                """
                return {
                  map = function(user) return { FNAME = user.first_name, LTV = user.lifetime_value, tags = { "a", user.id }, none = hookline.null } end,
                  filter = function(user) print("saw", user.id) if user.id == 3 then error("boom") end return true end,
                  breakdown = function(user) return user.country end,
                  review = function(plan) return plan.label ~= "FR" or plan.added < 5, "too many" end,
                }
                """)
            try shop.write(
                "activations/vip/tests/users.yaml",
                """
                - test: good
                  members_of: { FR: [old@example.com] }
                  contacts: [ada@example.com]
                  expect:
                    mapped: { ada@example.com: { FNAME: Ada, LTV: "420", tags: '["a",1]', none: "null" } }
                    labels: { FR: [ada@example.com] }
                    members: []
                    members_of: { FR: [ada@example.com] }
                    removed: [old@example.com]
                    log: ["saw\\t1"]
                    buckets: { in_segment: 2 }
                - test: wrong
                  expect:
                    name: Other
                    added: [nobody@example.com]
                    members_of: { FR: [], DE: [x@example.com] }
                    mapped: { ada@example.com: { FNAME: Bob }, "99": { x: y } }
                    labels: { BE: [ada@example.com] }
                    log: [never]
                    dropped: { some: 1 }
                    buckets: { fish: 1 }
                    warnings: [some.code]
                    error: boom
                - test: budget
                  expect: { budget: { instructions_per_user: 1 } }
                - test: an error that is expected
                  params: { threshold: 10 }
                  expect: { error: "/boom/" }
                - test: an error that is not
                  params: { threshold: 10 }
                  expect: { added: [] }
                """)
            let result = try await shop.shell.hookline("test", "vip", "--junit", "results.xml")
            #expect(result.status == 1)
            #expect(result.output.contains("✔ vip: good"), "\(result.output)")
            #expect(result.output.contains("✔ vip: an error that is expected"))
            #expect(result.output.contains("error: expected boom, and there was none"))
            #expect(result.output.contains("budget: the dearest user of filter (hooks.lua) took"))
            #expect(result.output.contains("failed: vip: filter failed at hooks.lua:3, row 3 (id 3)"))
            #expect(result.output.contains("2 passed, 3 failed"))
            let junit = try String(contentsOf: shop.folder.appendingPathComponent("results.xml"), encoding: .utf8)
            #expect(junit.contains("tests=\"5\" failures=\"3\""))
            #expect(XMLCheck.isWellFormed(junit))
        }
    }

    @Test("two versions of a package are compared: who enters, leaves and changes, and what they cost")
    func compare() async throws {
        try await withPackage("lifecycle-stages") { shop in
            let folder = shop.folder.appendingPathComponent("activations/lifecycle-stages")
            let other = shop.folder.appendingPathComponent("next/lifecycle-stages")
            try FileManager.default.createDirectory(at: other.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: folder, to: other)
            let sample = ["--sample", "activations/lifecycle-stages/samples/customers.csv", "--set", "hold_out_percent=0"]
            let same = try await shop.shell.hookline(["compare", "lifecycle-stages", "--with", "next/lifecycle-stages"] + sample)
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.output.hasPrefix("0 would enter, 0 would leave, 0 would change, 12 stay as they are"))
            let names = try String(contentsOf: other.appendingPathComponent("lib/names.lua"), encoding: .utf8)
            try names.replacing("%B %Y", with: "%Y").write(
                to: other.appendingPathComponent("lib/names.lua"), atomically: true, encoding: .utf8)
            let countries = try String(contentsOf: other.appendingPathComponent("lookups/countries.csv"), encoding: .utf8)
            try countries.replacing("Norway,no,no", with: "Norway,no,yes").replacing("Italy,it,yes", with: "Italy,it,no").write(
                to: other.appendingPathComponent("lookups/countries.csv"), atomically: true, encoding: .utf8)
            let differs = try await shop.shell.hookline(["compare", "lifecycle-stages", "--with", "next/lifecycle-stages"] + sample)
            #expect(differs.output.hasPrefix("1 would enter, 1 would leave, 0 would change, 10 stay as they are"), "\(differs.output)")
            #expect(differs.output.contains("row 9 (9): dropped: not mailed in Norway → kept"))
            #expect(differs.output.contains("→ dropped: not mailed in Italy"))
            #expect(differs.output.contains("renamed, label 'lost': 'Lifecycle · lost · "))
            #expect(differs.output.contains("dearest user of filter: "))
        }
    }
}

/// Whether tags are balanced and entities closed: enough to know that a parser would take it.
private enum XMLCheck {
    static func isWellFormed(_ text: String) -> Bool {
        let opened = text.components(separatedBy: "<testcase").count
        let closed = text.components(separatedBy: "</testcase>").count + text.components(separatedBy: "\"/>").count - 1
        return opened == closed && text.hasSuffix("</testsuite>\n")
    }
}

import Foundation
import MailchimpSimulator
import Testing

@Suite("The edges of hookline test")
struct PackageTestEdgesTests {
    private func withVIP(_ body: (Shop) async throws -> Void) async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write("activations/vip/samples/users.csv", Self.sample)
            try shop.write("activations/vip/hooks.lua", Self.hooks)
            try await body(shop)
        }
    }

    private static let sample = "id,email,lifetime_value,last_order_at\n1,ada@example.com,500,\n2,bob@example.com,900,\n3,,700,\n"

    private static let hooks = """
        return {
          map = function(user) return { tier = 'gold' } end,
          filter = function(user)
            if user.id == 2 then
              return false, 'too good'
            end
            return true
          end,
        }
        """

    @Test("a failure names the line of the hook that decided")
    func decidingLine() async throws {
        try await withVIP { shop in
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  expect:\n    added: [bob@example.com]\n    mapped: { ada@example.com: { tier: silver } }\n")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 1)
            for line in [
                "- bob@example.com  row 2: dropped: too good (filter, hooks.lua:5)",
                "+ ada@example.com  row 1: kept (filter, hooks.lua:7)", "expected 'silver', got 'gold' (map, hooks.lua:2)",
            ] { #expect(result.output.contains(line), "\(line) in \(result.output)") }
        }
    }

    @Test("buckets know who is no contact, and no others than there are")
    func buckets() async throws {
        try await withVIP { shop in
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  contacts: [nobody@example.com]\n  expect: { buckets: { in_segment: 0, not_a_contact: 1, no_email: 1 } }\n")
            #expect(try await shop.shell.hookline("test", "vip").status == 0)
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  expect: { buckets: { duplicates: 1 } }\n")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 2)
            #expect(result.errors.contains("users.yaml:2:24: 'duplicates' is not a key"), "\(result.errors)")
            #expect(result.errors.contains("did you mean 'duplicate'?"), "\(result.errors)")
        }
    }

    @Test("numbers out of range are told as such, negative ones too")
    func numbers() async throws {
        try await withVIP { shop in
            for (arguments, words) in [
                (["test", "vip", "--seed", "-3"], "'-3'"), (["preview", "vip", "--limit", "-1"], "not -1"),
                (["test", "vip", "--min-coverage", "101"], "from 0 to 100, not 101"),
                (["test", "vip", "--min-coverage", "-1"], "from 0 to 100"),
            ] {
                let result = try await shop.shell.hookline(arguments)
                #expect(result.status == 2, "\(arguments)")
                #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
            }
        }
    }

    @Test("a list for a parameter that is none fails its test, with the place")
    func listForOne() async throws {
        try await withVIP { shop in
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  params: { threshold: [5] }\n  expect: { removed: [] }\n")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 1)
            #expect(result.output.contains("takes one number, not a list"), "\(result.output)")
        }
    }

    @Test("a broken file stops its own package only, and packages without tests are told")
    func brokenFile() async throws {
        try await withVIP { shop in
            _ = try await shop.shell.hookline("new", "other")
            _ = try await shop.shell.hookline("new", "third")
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations/third/tests"))
            try shop.write("activations/vip/tests/users.yaml", "")
            try shop.write("activations/vip/tests/more/users.yaml", "- test: hidden\n")
            let result = try await shop.shell.hookline("test")
            #expect(result.status == 2)
            #expect(result.output.contains("2 passed, 0 failed"), "\(result.output)")
            for line in [
                "vip/tests/users.yaml:1:1: ", "[manifest.empty]", "vip/tests/more/users.yaml:1:1: ", "[manifest.unreadable_file]",
                "third has no tests",
            ] { #expect(result.errors.contains(line), "\(line) in \(result.errors)") }
        }
    }

    @Test("a sample that cannot be read leaves with 2, unless that is what the test expects")
    func unreadableSample() async throws {
        try await withVIP { shop in
            try shop.write("activations/vip/samples/users.csv", "id,lifetime_value\n1,2\n")
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  expect: { added: [] }\n")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 2)
            #expect(result.output.contains("is not a column of the source 'samples/users.csv'"), "\(result.output)")
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  expect: { error: is not a column }\n")
            #expect(try await shop.shell.hookline("test", "vip").status == 0)
        }
    }

    @Test("snapshots show fields one by one, and those of tests that are gone are told, then removed")
    func snapshots() async throws {
        try await withVIP { shop in
            let tests = "activations/vip/tests/users.yaml"
            try shop.write(tests, "- test: one\n  expect: { snapshot: true }\n- test: two\n  expect: { snapshot: true }\n")
            #expect(try await shop.shell.hookline("test", "vip", "--update").status == 0)
            try shop.write("activations/vip/hooks.lua", Self.hooks.replacing("gold", with: "silver"))
            let differs = try await shop.shell.hookline("test", "vip", "--filter", "one")
            #expect(
                differs.output.contains("row 1 ada@example.com (filter, hooks.lua:7), mapping.tier: \"gold\" → \"silver\""),
                "\(differs.output)")
            try shop.write(tests, "- test: one\n  expect: { snapshot: true }\n")
            let orphan = try await shop.shell.hookline("test", "vip")
            #expect(orphan.errors.contains("tests/snapshots/two.json"), "\(orphan.errors)")
            #expect(shop.has("activations/vip/tests/snapshots/two.json"))
            #expect(try await shop.shell.hookline("test", "vip", "--update").errors.contains("tests/snapshots/two.json"))
            try shop.write("activations/vip/tests/snapshots/mine.json", "{}")
            #expect(try await shop.shell.hookline("test", "vip", "--update").status == 0)
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations/vip/tests/snapshots/mine.json"))
            let left = try FileManager.default.contentsOfDirectory(
                atPath: shop.folder.appendingPathComponent("activations/vip/tests/snapshots").path)
            #expect(left == ["one.json"])
        }
    }

    @Test("snapshots behind a link are neither written nor removed", arguments: ["folder", "file"])
    func links(_ kind: String) async throws {
        try await withVIP { shop in
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  expect: { snapshot: true }\n")
            try shop.write("precious/old.json", #"{"rows":[],"segments":{}}"#)
            try shop.write("precious/one.json", "mine")
            let home = shop.folder.appendingPathComponent("activations/vip/tests/snapshots")
            if kind == "folder" {
                try FileManager.default.createSymbolicLink(
                    at: home, withDestinationURL: shop.folder.appendingPathComponent("precious"))
            } else {
                try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
                try FileManager.default.createSymbolicLink(
                    at: home.appendingPathComponent("one.json"), withDestinationURL: shop.folder.appendingPathComponent("precious/one.json")
                )
            }
            let result = try await shop.shell.hookline("test", "vip", "--update")
            #expect(result.status == 2, "\(result.output)")
            #expect(result.errors.contains("[test.linked_snapshot]"), "\(result.errors)")
            let precious = shop.folder.appendingPathComponent("precious")
            #expect(try FileManager.default.contentsOfDirectory(atPath: precious.path).sorted() == ["old.json", "one.json"])
            #expect(try String(contentsOf: precious.appendingPathComponent("one.json"), encoding: .utf8) == "mine")
        }
    }

    @Test("a failure says who was a member before, is no contact, or goes on as somebody else; and what a script did wrong")
    func besides() async throws {
        try await withVIP { shop in
            try shop.write(
                "activations/vip/hooks.lua",
                "return {\n  map = function(user)\n    if user.id == 2 then error('boom') end\n    return { email = user.id == 3 and 'three@example.net' or nil }\n  end,\n}\n"
            )
            let manifest = shop.folder.appendingPathComponent("activations/vip/activation.yaml")
            let text = try String(contentsOf: manifest, encoding: .utf8)
            try Data(text.replacing("on_script_error: fail", with: "on_script_error: drop").utf8).write(to: manifest)
            try shop.write(
                "activations/vip/samples/users.csv",
                "id,email,lifetime_value,last_order_at\n1,ada@example.com,500,\n2,bob@example.com,900,\n3,eve@example.com,700,\n4,dan@example.com,700,\n"
            )
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  members: [ada@example.com]\n  contacts: [ada@example.com]\n  expect: { added: [ada@example.com, bob@example.com, eve@example.com, dan@example.com] }\n- test: two\n  members: [who is that]\n  expect: { added: [] }\n"
            )
            let stranger = try await shop.shell.hookline("test", "vip").errors
            #expect(stranger.contains("'who is that'") && stranger.contains("[manifest.wrong_value]"), "\(stranger)")
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  members: [ada@example.com]\n  contacts: [ada@example.com]\n  expect: { added: [ada@example.com, bob@example.com, eve@example.com, dan@example.com] }\n"
            )
            let result = try await shop.shell.hookline("test", "vip")
            for line in [
                "ada@example.com  row 1: kept, was a member before", "hooks.lua:3", "boom", "row 3: kept, as three@example.net",
                "row 4: kept, not among the test's contacts",
            ] { #expect(result.output.contains(line), "\(line) in \(result.output)") }
        }
    }

    @Test("with --json, coverage is in the JSON")
    func coverage() async throws {
        try await withVIP { shop in
            try shop.write("activations/vip/tests/users.yaml", "- test: one\n  sample: users.csv\n  expect: { removed: [] }\n")
            let json = try await shop.shell.hookline("test", "vip", "--coverage", "--json").json()
            let coverage = try #require((json["coverage"] as? [[String: Any]])?.first)
            #expect(coverage["line_percent"] as? Double == 100)
            #expect(((coverage["files"] as? [[String: Any]])?.first?["missed_lines"] as? [Int]) == [])
        }
    }

    @Test("check and preview need no key of Mailchimp; a missing one is a warning, and an error with --connect")
    func noKey() async throws {
        try await withVIP { shop in
            try shop.write("data/users.csv", Self.sample)
            let shell = Shell(folder: shop.folder, environment: ["SHOP_KEY": ""])
            let checked = try await shell.hookline("check", "vip")
            #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
            #expect(checked.output.contains("warning"), "\(checked.output)")
            #expect(checked.errors.contains("0 errors, 1 warning"), "\(checked.errors)")
            #expect(try await shell.hookline("check", "vip", "--connect").status == 2)
            #expect(try await shell.hookline("preview", "vip").output.contains("dropped: too good"))
            #expect(try await shell.hookline("plan", "vip").status == 2)
            let missing = try await shell.hookline("preview", "vip", "--sample", "nope.csv")
            #expect(missing.status == 2)
            #expect(missing.errors.contains("there is no file 'nope.csv': --sample takes"), "\(missing.errors)")
        }
    }

    @Test("a plan and a report tell of a segment that gets another name")
    func renaming() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(5)
        let shop = try await Shop(options)
        try shop.write(users: users(1...3))
        #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
        try shop.write("activations/vip/activation.yaml", Shop.activation.replacing("VIP customers", with: "Best customers"))
        let plan = try await shop.shell.hookline("plan", "vip")
        #expect(plan.output.contains("segment 'Best customers' (id 1001, to be renamed from 'VIP customers')"), "\(plan.output)")
        let run = try await shop.shell.hookline("run", "vip", "--yes", "--json").json()
        #expect((run["segments"] as? [[String: Any]])?.first?["renamed_from"] as? String == "VIP customers")
        await shop.close()
    }
}

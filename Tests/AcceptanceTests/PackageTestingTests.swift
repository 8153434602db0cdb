import Foundation
import Testing

@Suite("hookline test")
struct PackageTestingTests {
    @Test("mistakes in a file of tests are told with their place, all at once")
    func mistakes() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: one\n  expct: { added: [] }\n  expect: {}\n- test: two\n  sample: user.csv\n  expect: { addd: [] }\n- expect: { added: 5 }\n"
            )
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 2)
            for line in [
                "tests/users.yaml:2:3: 'expct' ", "'expect'?", "tests/users.yaml:3:11: ", "tests/users.yaml:5:11: ", "'user.csv'",
                "'users.csv'?",
                "'addd'", "'test'", "'added'", "[manifest.unknown_key]", "[manifest.missing_key]", "[manifest.no_such_file]",
                "[manifest.wrong_type]",
            ] { #expect(result.errors.contains(line), "\(line) in \(result.errors)") }
        }
    }

    @Test("a test that could not fail is a mistake, and so is one that says what nobody would look at")
    func vacuousTests() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write(
                "activations/vip/tests/users.yaml",
                """
                - test: nothing
                  expect: { snapshot: false, log: [], buckets: {}, mapped: { "1": {} } }
                - test: an error and a plan
                  expect: { error: boom, added: [] }
                - test: patterns
                  expect: { error: "/[/" }
                - test: contacts
                  contacts: al
                  expect: { added: [] }
                - test: contacts
                  expect: { added: [] }

                """)
            try shop.write("activations/vip/tests/._users.yaml", "\u{0}")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 2)
            for (position, code, quote) in [
                ("2:11", "missing_key", ""), ("4:26", "conflicting_keys", "'error'"), ("6:20", "wrong_value", "'/[/'"),
                ("8:13", "wrong_value", "'al'"), ("10:3", "duplicate_key", "activations/vip/tests/users.yaml:7"),
            ] {
                let found = result.errors.split(separator: "\n").contains {
                    $0.contains("users.yaml:\(position): ") && $0.hasSuffix("[manifest.\(code)]") && (quote.isEmpty || $0.contains(quote))
                }
                #expect(found, "\(position) \(code) in \(result.errors)")
            }
        }
    }

    @Test("a parameter that must be given is each test's to give")
    func requiredParameters() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            let manifest = "activations/vip/activation.yaml"
            let text = try String(contentsOf: shop.folder.appendingPathComponent(manifest), encoding: .utf8)
            try shop.write(manifest, text.replacing("default: 100, ", with: ""))
            try shop.write(
                "activations/vip/tests/users.yaml",
                """
                - test: given
                  params: { threshold: 100 }
                  expect: { added: [ada@example.com] }
                - test: missing
                  expect: { added: [ada@example.com] }

                """)
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 1, "\(result.errors)")
            #expect(result.output.contains("✔ vip: given"))
            #expect(result.output.contains("the parameter 'threshold' has no value"))
        }
    }

    @Test("a safeguard that a small sample trips is not seen by the report hook, either")
    func safeguardsInTests() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write("activations/vip/hooks.lua", "return { report = function(report) return 'it is ' .. report.outcome end }")
            try shop.write(
                "activations/vip/tests/users.yaml",
                "- test: all leave\n  members: [old@example.com]\n  expect: { removed: [old@example.com], report: it is done }\n")
            let result = try await shop.shell.hookline("test", "vip")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test("what scripts and tests say cannot command a terminal")
    func terminal() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            try shop.write("activations/vip/hooks.lua", "return { map = function(user) return { A = 'x\\ny\\27[2J' } end }")
            try shop.write("activations/vip/tests/users.yaml", "- test: \"red \\e[31m\"\n  expect: { mapped: { \"1\": { A: \"\\e\" } } }\n")
            let tested = try await shop.shell.hookline("test", "vip")
            #expect(tested.output.contains(#"red \u{1B}[31m"#), "\(tested.output)")
            let shown = try await shop.shell.hookline("preview", "vip", "--sample", "activations/vip/samples/users.csv")
            #expect(shown.output.contains(#"A=x\ny\u{1B}[2J"#), "\(shown.output)")
            #expect(!(tested.output + shown.output).contains("\u{1B}"))
        }
    }

    @Test("no two tests share a snapshot, whatever their names are")
    func snapshotNames() async throws {
        try await Shop.withPackage { shop in
            _ = try await shop.shell.hookline("new", "vip")
            let names = ["日本", "😀", "A b", "a B", "a/../b", "snap b", "snap-b"]
            let tests = names.enumerated().map { index, name in
                "- test: \(name)\n  params: { threshold: \(index * 80) }\n  expect: { snapshot: true }\n"
            }
            try shop.write("activations/vip/tests/users.yaml", tests.joined())
            #expect(try await shop.shell.hookline("test", "vip", "--update").status == 0)
            #expect(try await shop.shell.hookline("test", "vip").status == 0)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: shop.folder.appendingPathComponent("activations/vip/tests/snapshots").path)
            #expect(files.count == names.count, "\(files)")
            #expect(files.contains("snap-b.json") == true)
        }
    }

    @Test("snapshots are written, compared, and written anew")
    func snapshots() async throws {
        try await Shop.withPackage { shop in
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
        try await Shop.withPackage { shop in
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
                    buckets: { in_segment: 1, not_a_contact: 1 }
                - test: wrong
                  expect:
                    name: Other
                    added: [nobody@example.com]
                    members_of: { FR: [], DE: [x@example.com] }
                    mapped: { ada@example.com: { FNAME: Bob }, "99": { x: y } }
                    labels: { BE: [ada@example.com] }
                    log: [never]
                    dropped: { some: 1 }
                    buckets: { duplicate: 1 }
                    warnings: [some.code]
                - test: an error that does not come
                  expect: { error: boom }
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
            for line in [
                "name: expected 'Other', got 'Vip'", "added: 1 missing (-), 2 not expected (+)", "members of label 'DE': 1 missing",
                "mapped, ada@example.com, FNAME: expected 'Bob', got 'Ada'", "mapped: the sample has no user '99'",
                "label 'BE': 1 missing", "label 'FR': not expected, given to ada@example.com", "log: no line with never",
                "dropped, 'some': expected 1, got 0", "bucket duplicate: expected 1, got 0", "warnings: expected [\"some.code\"], got []",
            ] { #expect(result.output.contains(line), "\(line) in \(result.output)") }
            #expect(result.output.contains("budget: the most expensive user of filter (hooks.lua) took"))
            #expect(result.output.contains("failed: vip: filter failed at hooks.lua:3, row 3 (id 3)"))
            #expect(result.output.contains("2 passed, 4 failed"))
            let junit = try String(contentsOf: shop.folder.appendingPathComponent("results.xml"), encoding: .utf8)
            #expect(junit.contains("tests=\"6\" failures=\"4\""))
            #expect(XMLCheck.isWellFormed(junit))
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

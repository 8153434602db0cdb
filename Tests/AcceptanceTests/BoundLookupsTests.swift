import Foundation
import Testing

@Suite("A workspace's own lists stand for those of a package")
struct BoundLookupsTests {
    private static func withLists(_ body: (Shop) async throws -> Void) async throws {
        try await Shop.withCustomers(
            "id,email,consent\n" + (1...20).map { "\($0),person\($0)@example.com,true\n" }.joined(),
            activations: "suppression-list: { bind: { lookups: { suppressed.csv: lists/stop.csv } } }", contacts: 20
        ) { shop in
            try shop.write("lists/stop.csv", "address\nperson3@example.com\nPERSON4@example.com\n")
            let install = try await shop.shell.hookline("install", "suppression-list", "--yes")
            #expect(install.status == 0, "\(install.output)\(install.errors)")
            try await body(shop)
        }
    }

    @Test("in preview and run, while the tests keep to the package's own")
    func bound() async throws {
        try await Self.withLists { shop in
            let info = try await shop.shell.hookline("info", "suppression-list")
            #expect(info.output.contains("'suppressed.csv', here '"), "\(info.output)")
            #expect(info.output.contains("'blocked-domains.csv', the package's own"), "\(info.output)")
            // The first run says the same, and the script that only examples stand for the other list.
            let dry = try await shop.shell.hookline("run", "suppression-list", "--dry-run")
            #expect(dry.errors.contains("'blocked-domains.csv', the package's own"), "\(dry.errors)")
            #expect(dry.errors.contains("lookups/blocked-domains.csv holds nothing but examples"), "\(dry.errors)")
            #expect(try await shop.shell.hookline("test", "suppression-list").status == 0)
            let preview = try await shop.shell.hookline("preview", "suppression-list")
            #expect(preview.output.contains("suppressed address"), "\(preview.output)\(preview.errors)")
            #expect(try await shop.shell.hookline("run", "suppression-list").status == 0)
            #expect(shop.members("May be mailed").count == 18)
            #expect(!shop.members("May be mailed").contains("person4@example.com"))
            // The next run reads the list anew.
            try shop.write("lists/stop.csv", "address\nperson3@example.com\nperson5@example.com\n")
            #expect(try await shop.shell.hookline("run", "suppression-list").status == 0)
            #expect(shop.members("May be mailed").contains("person4@example.com"))
            #expect(!shop.members("May be mailed").contains("person5@example.com"))
        }
    }

    @Test("and one that is cut off, or no longer bound, stops the run until somebody allows it")
    func cutOff() async throws {
        try await Self.withLists { shop in
            let long = "address\n" + (1...40).map { "gone\($0)@example.com\n" }.joined() + "person3@example.com\n\n"
            try shop.write("lists/stop.csv", long)
            let plan = try await shop.shell.hookline("plan", "suppression-list", "--json").json()
            #expect(plan["lists"] as? [String: Int] == ["suppressed.csv": 41])
            let run = try await shop.shell.hookline("run", "suppression-list", "--json").json()
            #expect(run["lists"] as? [String: Int] == ["suppressed.csv": 41] && run["outcome"] as? String == "done")
            try shop.write("lists/stop.csv", "address\ngone1@example.com\n")
            let cut = try await shop.shell.hookline("run", "suppression-list")
            #expect(cut.status == 3, "\(cut.status) \(cut.output)")
            #expect(cut.output.contains("lookups/suppressed.csv has 1 lines, 40 fewer than at the last run"), "\(cut.output)")
            #expect(!shop.members("May be mailed").contains("person3@example.com"))
            let file = shop.folder.appendingPathComponent("hookline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try shop.write("hookline.yaml", text.replacing("bind: { lookups: { suppressed.csv: lists/stop.csv } }", with: "params: {}"))
            let unbound = try await shop.shell.hookline("run", "suppression-list")
            #expect(unbound.status == 3 && unbound.output.contains("[safeguards.shrunk_list]"), "\(unbound.output)")
            try shop.write("hookline.yaml", text)
            #expect(try await shop.shell.hookline("run", "suppression-list", "--allow-shrunk").status == 0)
            #expect(shop.members("May be mailed").contains("person3@example.com"))
            #expect(try await shop.shell.hookline("run", "suppression-list").status == 0)
        }
    }

    @Test("and one that is gone, has no such column or a broken row stops the run and is named")
    func broken() async throws {
        try await Self.withLists { shop in
            #expect(try await shop.shell.hookline("run", "suppression-list").status == 0)
            for (text, words) in [
                ("email\nperson3@example.com\n", "has no column 'address'; it has 'email'. It stands for 'lookups/suppressed.csv'"),
                ("person3@example.com\n", "so it is a row"),
                ("", "the file is empty; its first line must name the columns. It stands for 'lookups/suppressed.csv'"),
                ("address\n", "suppressed.csv has 0 lines with an address"),
                ("address\nperson3@example.com\nperson4@example.com,x\n", "lookups/suppressed.csv:3: the row has more or fewer cells"),
                ("address\nperson3@example.com\nperson4@example.com,x\n", "stop.csv stands for lookups/suppressed.csv"),
            ] {
                try shop.write("lists/stop.csv", text)
                let run = try await shop.shell.hookline("run", "suppression-list")
                #expect(run.status != 0 && (run.output + run.errors).contains(words), "\(words): \(run.status) \(run.output)\(run.errors)")
            }
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("lists/stop.csv"))
            let gone = try await shop.shell.hookline("run", "suppression-list")
            #expect(
                gone.status == 2 && gone.errors.contains("'lists/stop.csv'") && gone.errors.contains("[manifest.no_such_file]"),
                "\(gone.errors)")
            #expect(shop.members("May be mailed").count == 18)
        }
    }
}

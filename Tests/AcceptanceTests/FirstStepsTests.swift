import Foundation
import MailchimpSimulator
import Testing

/// The tutorial's commands and what lies beside its path; the page itself is walked by `GuidesTests`.
@Suite("A new user's first steps")
struct FirstStepsTests {
    @Test("lead from nothing to a segment that follows a file")
    func start() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-start-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = SimulatorOptions()
        options.contacts = .these([("ada@example.com", .subscribed), ("carla@example.org", .subscribed), ("finn@example.net", .subscribed)])
        let server = try await SimulatorServer.start(options)
        let shell = Shell(folder: folder, environment: ["MAILCHIMP_API_KEY": server.key])
        func run(_ arguments: String..., exits status: Int32 = 0) async throws -> String {
            let result = try await shell.hookline(arguments)
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            return result.output + result.errors
        }

        _ = try await run("init", "shop")
        let manifest = folder.appendingPathComponent("shop/hookline.yaml")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("http://127.0.0.1:8089/3.0", with: server.baseURL).write(to: manifest, atomically: true, encoding: .utf8)
        _ = try await run("-C", "shop", "new", "big-spenders")
        #expect(try await run("new", "big-spenders", "-C", "shop", exits: 2).contains("scaffold.exists"))
        #expect(try await run("run", "--json", "-C", "shop", exits: 2).contains("\"usage\""))
        _ = try await run("check", "-C", "shop")
        #expect(try await run("audiences", "-C", "shop").contains("a1b2c3d4e5"))
        #expect(try await run("plan", "big-spenders", "-C", "shop").contains("+4 would enter"))
        for command in [["keys", "list"], ["state", "list"], ["segment", "count", "big-spenders"]] {
            let result = try await shell.hookline(["-C", "shop", "--quiet"] + command)
            #expect(result.status == 0, "\(command): \(result.output)\(result.errors)")
        }
        #expect(try await run("run", "big-spenders", "--yes", "-C", "shop").contains("3 members"))
        let hooks = folder.appendingPathComponent("shop/activations/big-spenders/hooks.lua")
        try """
        return {
          filter = function(user, ctx)
            if user.country ~= "FR" then
              return false, "not in France"
            end
            return true
          end,
        }
        """.write(to: hooks, atomically: true, encoding: .utf8)
        #expect(try await run("run", "big-spenders", "--yes", "-C", "shop", exits: 3).contains("--allow-removals 1"))
        #expect(try await run("run", "big-spenders", "--yes", "--allow-removals", "1", "-C", "shop").contains("2 members"))
        #expect(try await run("status", "-C", "shop").contains("big-spenders"))
        let history = try await run("history", "big-spenders", "-C", "shop")
        #expect(history.split(separator: "\n").count == 4)
        let newest = history.split(separator: "\n")[1].prefix { $0 != " " }
        #expect(try await run("show", String(newest), "-C", "shop").contains("2 members"))
        #expect(try await run("show", String(newest), "--html", "-C", "shop").contains("<h1>"))
        #expect(try await run("hooks").contains("filter"))
        #expect(try await run("schema").contains("$schema"))
        await server.stop()
    }

    @Test("or straight into the demo, which leaves nothing behind")
    func demo() async throws {
        let shell = Shell(folder: FileManager.default.temporaryDirectory, environment: [:])
        let result = try await shell.hookline("demo", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let reports = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(reports.count == 3)
        #expect(reports.allSatisfy { $0["outcome"] as? String == "done" })
        #expect((reports[2]["calls"] as? Int).map { $0 <= 2 } == true)
    }

    @Test("end with exit code 2 and all mistakes at once when files are wrong")
    func mistakes() async throws {
        let shop = try await Shop(
            SimulatorOptions(),
            manifest: """
                hookline: 1
                name: vip
                source: shopp
                model: { primary_key: id }
                segment:
                  name: VIP
                  where: { field: country, op: equals, value: FR }
                destination: newsletter
                mapping: { email: emial }
                schedule: "0 25 * * *"
                timezone: Europe/Pariss
                """)
        try shop.write(users: users(1...3))
        let result = try await shop.shell.hookline("check")
        #expect(result.status == 2)
        for code in ["unknown_source", "unknown_operator", "bad_schedule", "bad_timezone"] {
            #expect(result.output.contains("[manifest.\(code)]"), "\(result.output)")
        }
        #expect(result.output.contains("activations/vip/activation.yaml:3:9: "))
        #expect(result.output.contains("did you mean 'shop'?"))
        #expect(try await shop.shell.hookline("run", "vip").status == 2)
        #expect(try await shop.shell.hookline("run").status == 2)
        #expect(try await shop.shell.hookline("run", "vip", "--fast").status == 2)
        await shop.close()
    }
}

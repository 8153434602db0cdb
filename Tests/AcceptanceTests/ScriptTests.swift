import Foundation
import MailchimpSimulator
import Testing

@Suite("Scripts, with the program and a server")
struct ScriptTests {
    private static let hooked = Shop.activation + "\nhooks: hooks.lua\n"

    @Test("the shipped package for lifecycle stages: check, purity, run, and a second day")
    func lifecycleStages() async throws {
        let package = Repository.root.appendingPathComponent("scripts/activations/lifecycle-stages")
        var options = SimulatorOptions()
        let names = ["ada", "bob", "dan", "eve", "grace"].map { "\($0)@example.com" } + ["carla@example.org"]
        options.contacts = .these(names.map { ($0, .subscribed) })
        let shop = try await Shop(options)
        try FileManager.default.copyItem(at: package, to: shop.folder.appendingPathComponent("activations/lifecycle-stages"))
        try shop.bind("lifecycle-stages")
        let sample = try String(contentsOf: package.appendingPathComponent("samples/customers.csv"), encoding: .utf8)
        // The sample's customers are of March 2026; parameters make them live at any later date.
        let days = Int(Date().timeIntervalSince1970 - 1_772_323_200) / 86_400
        let settings = [
            "hold_out_percent=0", "not_mailed=NO", "new_days=\(days + 30)", "active_days=\(days + 90)", "lost_days=\(days + 365)",
        ].flatMap {
            ["--set", $0]
        }
        try shop.write("data/users.csv", sample)
        let check = try await shop.shell.hookline(["check", "lifecycle-stages", "--purity", "--json"])
        #expect(check.status == 0, "\(check.output)")
        #expect(try (check.json()["issues"] as? [Any])?.isEmpty == true)

        let first = try await shop.shell.hookline(["run", "lifecycle-stages", "--json"] + settings)
        #expect(first.status == 0, "\(first.output)\(first.errors)")
        #expect(
            stages(shop) == [
                "active": ["carla@example.org"], "lost": ["eve@example.com"], "loyal": ["bob@example.com", "grace@example.com"],
                "new": ["ada@example.com"], "sleeping": ["dan@example.com"], "top": ["bob@example.com"],
            ])
        let dropped = try #require((first.json()["buckets"] as? [String: Any])?["dropped_by_hook"] as? [String: Int])
        #expect(
            dropped == [
                "role address": 1, "blocked domain: asked us not to": 1, "not mailed in Norway": 1, "country unknown": 1,
            ])

        // Dan orders again, and is active.
        try shop.write("data/users.csv", sample.replacing("2025-09-01T10:00:00Z", with: "2026-02-28T10:00:00Z"))
        let second = try await shop.shell.hookline(["run", "lifecycle-stages", "--json"] + settings)
        #expect(second.status == 0)
        #expect(stages(shop)["active"] == ["carla@example.org", "dan@example.com"])
        #expect(stages(shop)["sleeping"] == [])
        #expect(second.output.contains("breakdown.vanished"))
        await shop.close()
    }

    /// The members of each stage's segment.
    private func stages(_ shop: Shop) -> [String: [String]] {
        Dictionary(
            shop.server.segments.compactMap { segment in
                // "Lifecycle: new (2026-11)".
                let parts = segment.name.split(separator: " ")
                return parts.count == 3 && parts[0] == "Lifecycle:" ? (String(parts[1]), segment.members.sorted()) : nil
            }, uniquingKeysWith: { $0 + $1 })
    }

    @Test("whatever the number of workers, the plan is the same")
    func workers() async throws {
        let shop = try await Shop(
            SimulatorOptions(), manifest: Self.hooked,
            hooks: """
                return {
                  map = function(user) if user.id % 11 == 0 then return { email = "m" .. user.id .. "@example.org" } end end,
                  filter = function(user)
                    for _ = 1, 2000 do end
                    if user.id % 7 == 0 then return false, "seventh " .. user.id % 5 end
                    if user.id % 1000 == 0 then print("thousand", user.id) end
                    return true
                  end,
                  breakdown = function(user) return ({ "A", "B", "C" })[user.id % 4] end,
                }
                """)
        try shop.write(users: users(1...12_000))
        var plans: [String] = []
        for workers in ["1", "3"] {
            let plan = try await shop.shell.hookline("plan", "vip", "--json", "--verbose", "--workers", workers)
            #expect(plan.status == 0, "\(plan.errors)")
            var report = try plan.json()
            for key in ["run", "seconds", "started_at"] { report[key] = nil }
            let json = try JSONSerialization.data(withJSONObject: report, options: .sortedKeys)
            let log = plan.errors.split(separator: "\n").filter { $0.contains("thousand") }
            #expect(log.count == 11)
            plans.append(String(decoding: json, as: UTF8.self) + log.joined())
        }
        #expect(plans[0] == plans[1])
        await shop.close()
    }

    @Test("no worker outlives its host, whatever ends that", arguments: [SIGKILL, SIGINT, SIGTERM])
    func workersEnd(signal: Int32) async throws {
        #if os(Linux)
            let shop = try await Shop(
                SimulatorOptions(), manifest: Self.hooked + "limits: { instructions: 1000000000000, cpu: 600s }\n",
                hooks: "return { filter = function() while true do end end }")
            try shop.write(users: users(1...10))
            let host = try shop.shell.start("plan", "vip")
            // A test that fails must not leave a script behind that loops for ten minutes; its worker ends with it.
            defer { if host.isRunning { kill(host.processIdentifier, SIGKILL) } }
            let worker = try #require(await first { Self.children(of: host.processIdentifier).first })
            _ = await first { Self.processorTicks(worker) > 3 ? true : nil }
            kill(host.processIdentifier, signal)
            #expect(await first { kill(worker, 0) != 0 || Self.isZombie(worker) ? true : nil } == true)
            host.waitUntilExit()
            if signal != SIGKILL { #expect(host.terminationStatus == 130) }
            await shop.close()
        #endif
    }

    @Test("a worker that somebody kills fails its run, names the row, and sends nothing; the next run is whole")
    func killedWorker() async throws {
        #if os(Linux)
            var options = SimulatorOptions()
            options.contacts = .seeded(10)
            let slow = Self.hooked + "limits: { instructions: 1000000000000, cpu: 600s }\n"
            let shop = try await Shop(
                options, manifest: slow, hooks: "return { filter = function(user) while user.id == 3 do end return true end }")
            try shop.write(users: users(1...10))
            let host = try shop.shell.start("run", "vip", "--json")
            // A test that fails must not leave a script behind that loops for ten minutes; its worker ends with it.
            defer { if host.isRunning { kill(host.processIdentifier, SIGKILL) } }
            let worker = try #require(await first { Self.children(of: host.processIdentifier).first })
            // In the middle of the third row: its processor time grows.
            _ = await first { Self.processorTicks(worker) > 3 ? true : nil }
            kill(worker, SIGKILL)
            host.waitUntilExit()
            #expect(host.terminationStatus == 1)
            let output = try String(contentsOf: shop.shell.outputOfStarted, encoding: .utf8)
            #expect(output.contains("hook.crashed"))
            #expect(output.contains("row 3 (id 3)"))
            #expect(shop.server.segments.isEmpty)
            try shop.write("activations/vip/hooks.lua", "return { filter = function(user) return true end }")
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            #expect(shop.members() == addresses(1...10))
            await shop.close()
        #endif
    }

    @Test("the limits, the types and the library's reference are printed")
    func printed() async throws {
        let shop = try await Shop(SimulatorOptions(), manifest: Self.hooked, hooks: "return { filter = function() return true end }")
        try shop.write(users: users(1...1))
        let limits = try await shop.shell.hookline("run", "vip", "--explain-limits")
        #expect(limits.output.contains("1,000,000  a call"))
        #expect(shop.server.journal.total == 0)
        #expect(try await shop.shell.hookline("hooks", "--types", "vip").output.contains("---@field country string?"))
        #expect(try await shop.shell.hookline("hooks", "--markdown").output.contains("### hookline.text.slug"))
        #expect(try await shop.shell.hookline("hooks", "vip").status == 2)
        await shop.close()
    }

    @Test("check finds what is wrong with a script, and --purity what depends on others")
    func check() async throws {
        let shop = try await Shop(
            SimulatorOptions(), manifest: Self.hooked,
            hooks: "return {\n  filter = function(user)\n    return user.cuntry == 'FR' and hookline.text.uper(x)\n  end,\n}")
        try shop.write(users: users(1...50))
        let check = try await shop.shell.hookline("check", "vip")
        #expect(check.status == 2)
        for line in [
            "activations/vip/hooks.lua:3:17: the model has no field 'cuntry'; did you mean 'country'? [script.unknown_field]",
            "activations/vip/hooks.lua:3:50: there is no 'hookline.text.uper'; did you mean 'upper'? [script.unknown_function]",
            "activations/vip/hooks.lua:3:55: there is no global 'x' [script.unknown_global]",
        ] { #expect(check.output.contains(line), "\(check.output)") }
        try shop.write("activations/vip/hooks.lua", "local n = 0 return { filter = function() n = n + 1 return n < 9, 'enough' end }")
        #expect(try await shop.shell.hookline("check", "vip").status == 0)
        let purity = try await shop.shell.hookline("check", "vip", "--purity")
        #expect(purity.status == 2)
        #expect(purity.output.contains("row 1 (id 1): kept; shuffled:") || purity.output.contains("dropped: enough"))
        #expect(purity.output.contains("[script.impure]"))
        // A sample has columns of its own, in an order of its own; here fewer than the source.
        try shop.write("activations/vip/samples/few.csv", "country,email\n" + (1...30).map { "FR,u\($0)@example.com\n" }.joined())
        try shop.write("activations/vip/activation.yaml", Self.hooked.replacing("primary_key: id, columns: { id: integer }", with: ""))
        let sampled = try await shop.shell.hookline("check", "vip", "--purity")
        #expect(sampled.status == 2, "\(sampled.output) \(sampled.errors)")
        #expect(sampled.output.contains("few.csv"))
        await shop.close()
    }

    /// What the closure gives as soon as it gives something; nil after ten minutes, which not even a starved machine needs.
    private func first<Value>(_ body: () -> Value?) async -> Value? {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(600) {
            if let value = body() { return value }
            // Spinning would take the processor from the one that is waited for.
            try? await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }

    /// The processes that a process has started, from the kernel's list of its threads' children.
    private static func children(of process: Int32) -> [Int32] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return threads.flatMap { thread in
            let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0) }
        }
    }

    private static func statusFields(_ process: Int32) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.split(separator: " ") ?? []
    }

    private static func isZombie(_ process: Int32) -> Bool { statusFields(process).first == "Z" }
    private static func processorTicks(_ process: Int32) -> Int {
        let fields = statusFields(process)
        return fields.count > 11 ? Int(fields[11]) ?? 0 : 0
    }
}

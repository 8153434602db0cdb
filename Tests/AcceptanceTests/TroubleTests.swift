import Foundation
import Mailchimp
import MailchimpSimulator
import Testing

@Suite("docs/guide/when-something-goes-wrong.md")
struct TroubleTests {
    private func withShop(_ count: Int = 60, latency: Duration = .zero, _ body: (Shop) async throws -> Void) async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(count)
        options.latency = latency
        let shop = try await Shop(options)
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    @Test("undo shows what it would do, takes the last run back, and refuses another one")
    func undo() async throws {
        try await withShop { shop in
            try shop.write(users: users(1...30))
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            try shop.write(users: users(11...50))
            let second = try await shop.shell.hookline("run", "vip", "--json").json()
            let id = try #require(second["run"] as? String)
            let dry = try await shop.shell.hookline("undo", id, "--dry-run")
            #expect(dry.output.contains("+10 would enter, -20 would leave"), "\(dry.output)\(dry.errors)")
            #expect(shop.members() == addresses(11...50))
            let undone = try await shop.shell.hookline("undo", String(id.prefix(20)))
            #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
            #expect(undone.output.contains("vip: undo done"), "\(undone.output)")
            #expect(shop.members() == addresses(1...30))
            let again = try await shop.shell.hookline("undo", id)
            #expect(again.status == 1)
            #expect(again.output.contains("[engine.cannot_undo]"), "\(again.output)\(again.errors)")
            #expect(try await shop.shell.hookline("history", "vip").output.contains("undo"))
        }
    }

    @Test("what others did is shown by a plan, and mended by a run, with --reconcile; doctor has nothing to say")
    func reconcile() async throws {
        try await withShop { shop in
            try shop.write(users: users(1...10))
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            let client = MailchimpClient(
                configuration: MailchimpConfiguration(credential: .apiKey(shop.server.key), baseURL: shop.server.baseURL))
            let batch = try #require(MemberBatch(add: addresses(20...22), remove: addresses(1...2)))
            let segment = shop.server.segments[0].id
            _ = try await client.changeMembers(audience: shop.server.audience, segment: segment, batch: batch)
            try await client.shutdown()
            let plan = try await shop.shell.hookline("plan", "vip", "--reconcile")
            #expect(plan.output.contains("2 are missing, 3 were put in by others"), "\(plan.output)")
            #expect(try await shop.shell.hookline("run", "vip", "--reconcile").status == 0)
            #expect(shop.members() == addresses(1...10))
            let doctor = try await shop.shell.hookline("doctor")
            #expect(doctor.status == 0, "\(doctor.output)")
            #expect(doctor.output.contains("under a filter of system calls"))
            #expect(try await shop.shell.hookline("doctor", "--repair", "--json").status == 0)
        }
    }

    @Test("a second run of an activation says who is at it; two activations share the account's connections")
    func together() async throws {
        try await withShop(9_000, latency: .milliseconds(150)) { shop in
            try shop.write(
                "activations/two/activation.yaml",
                Shop.activation.replacing("name: vip", with: "name: two").replacing("VIP customers", with: "Two"))
            try shop.write(users: users(1...9_000))
            let first = try shop.shell.start("run", "vip")
            // The lease is taken before the first call is made.
            while shop.server.journal.total == 0, first.isRunning { await Task.yield() }
            let refused = try await shop.shell.hookline("run", "vip")
            #expect(refused.status == 1)
            #expect(refused.output.contains("has been applying 'vip' since"), "\(refused.output)\(refused.errors)")
            let other = try await shop.shell.hookline("run", "two")
            #expect(other.status == 0, "\(other.output)\(other.errors)")
            first.waitUntilExit()
            #expect(first.terminationStatus == 0)
            #expect(shop.members() == addresses(1...9_000))
            #expect(shop.members("Two") == addresses(1...9_000))
            #expect(shop.server.journal.refusedForConcurrency == 0)
            #expect(shop.server.journal.highestConcurrency <= 9)
        }
    }

    @Test("who let a safeguard pass stands in the report")
    func overrides() async throws {
        try await withShop(200) { shop in
            try shop.write(users: users(1...100))
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
            try shop.write(users: users(1...20))
            let stopped = try await shop.shell.hookline("run", "vip")
            #expect(stopped.status == 3)
            #expect(stopped.output.contains("--allow-shrunk"), "\(stopped.output)")
            let negative = try await shop.shell.hookline("run", "vip", "--allow-removals=-1")
            #expect(negative.status == 2 && negative.errors.contains("from 0 up"), "\(negative.errors)")
            let passed = try await shop.shell.hookline("run", "vip", "--allow-shrunk", "--allow-removals", "80")
            #expect(passed.status == 0, "\(passed.output)")
            #expect(passed.output.contains("let pass by \(NSUserName())@"), "\(passed.output)")
            let run = try await shop.shell.hookline("history", "vip", "--json")
            #expect(run.output.contains("\"safeguards.shrunk\"") && run.output.contains("\"safeguards.removals\""))
        }
    }
}

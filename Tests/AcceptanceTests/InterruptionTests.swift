import Foundation
import MailchimpSimulator
import Testing

@Suite("A person at the terminal", .timeLimit(.minutes(25)))
struct InterruptionTests {
    private func withShop(
        latency: Duration = .zero, people: Int = 3_000, hooks: String? = nil, _ body: (Shop) async throws -> Void
    ) async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(people)
        options.latency = latency
        let manifest =
            hooks == nil ? Shop.activation : Shop.activation + "\nhooks: hooks.lua\nlimits: { instructions: 1000000000000, cpu: 600s }\n"
        let shop = try await Shop(options, manifest: manifest, hooks: hooks)
        do {
            try shop.write(users: users(1...people))
            try await body(shop)
        } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    @Test("is asked before anything is sent, and a no sends nothing", arguments: ["n", "", "y"])
    func answers(_ answer: String) async throws {
        try await withShop { shop in
            let terminal = try Terminal(shop.shell, "run", "vip")
            #expect(await terminal.read(upTo: "[y/N] ").contains("+3,000 -0"))
            try terminal.type(answer)
            let (status, output) = try await terminal.end()
            #expect(status == (answer == "y" ? 0 : 3), "\(output)")
            #expect(shop.members().count == (answer == "y" ? 3_000 : 0))
        }
    }

    @Test("ends a question at once by a signal", arguments: [SIGINT, SIGTERM])
    func question(_ signal: Int32) async throws {
        try await withShop { shop in
            let terminal = try Terminal(shop.shell, "run", "vip")
            _ = await terminal.read(upTo: "[y/N] ")
            terminal.send(signal)
            #expect(try await terminal.end().status == 130)
            #expect(shop.server.segments.isEmpty)
            #expect(try await shop.shell.hookline("run", "vip").status == 0)
        }
    }

    @Test("interrupts a run: calls in flight end and are recorded, and the next run continues")
    func run() async throws {
        // Far more calls than connections: not all of them are in flight when the signal comes.
        try await withShop(latency: .milliseconds(200), people: 30_000) { shop in
            let terminal = try Terminal(shop.shell, "run", "vip", "--yes", "--json")
            // The segment is made, and batches are on their way.
            while shop.server.segments.isEmpty { await Task.yield() }
            terminal.send(SIGINT)
            let (status, output) = try await terminal.end()
            #expect(status == 130)
            #expect(output.contains("engine.interrupted"), "\(output)")
            #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
            #expect(shop.members() == addresses(1...30_000))
            #expect(try await shop.shell.hookline("doctor").status == 0)
        }
    }

    @Test("ends a run at once by a second signal, although nothing heeds the first")
    func twice() async throws {
        try await withShop(latency: .seconds(600)) { shop in
            let terminal = try Terminal(shop.shell, "run", "vip", "--yes")
            while shop.server.journal.total == 0 { await Task.yield() }
            terminal.send(SIGINT)
            _ = await terminal.read(upTo: "interrupt again")
            terminal.send(SIGINT)
            #expect(try await terminal.end().status == 130)
        }
    }

    @Test("who is gone, or has no room for messages, does not end a run in the middle")
    func unheard() async throws {
        #if os(Linux)
            try await withShop { shop in
                // Every write to this file fails: no space is left on the device.
                let run = try await shop.shell.hookline("run", "vip", "--verbose", errorsTo: "/dev/full")
                #expect(run.status == 0, "\(run.output)")
                #expect(shop.members().count == 3_000)
            }
        #endif
    }
}

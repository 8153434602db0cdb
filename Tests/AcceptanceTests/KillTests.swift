import Foundation
import MailchimpSimulator
import Support
import Testing

/// `HOOKLINE_KILLS=200` kills so many runs; without it a few, so that `make test` stays short.
@Suite("kill -9")
struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["HOOKLINE_KILLS"].flatMap { Int($0) } ?? 8

    @Test("at any moment of a run of 20,000 users leaves nothing that one clean run does not mend")
    func kill() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(25_000)
        options.latency = .milliseconds(20)
        let shop = try await Shop(options)
        // Two states of the source, so that every run has something to do.
        let states = [1...20_000, 4_001...24_000]
        try shop.write(users: users(states[0]))
        let whole = try await seconds {
            let first = try await shop.shell.hookline("run", "vip", "--yes")
            #expect(first.status == 0, "\(first.errors)")
        }
        var random = SeededGenerator(seed: 20_261_124)
        var killed = 0
        for number in 1...Self.kills {
            try shop.write(users: users(states[number % 2]))
            let run = try shop.shell.start("run", "vip", "--yes")
            try await Task.sleep(for: .seconds(Double.random(in: 0...min(whole, 1.5), using: &random)))
            if run.isRunning {
                Foundation.kill(run.processIdentifier, SIGKILL)
                killed += 1
            }
            run.waitUntilExit()
        }
        #expect(killed > 0, "every run ended before it could be killed")
        try shop.write(users: users(states[1]))
        let last = try await shop.shell.hookline("run", "vip", "--yes")
        #expect(last.status == 0, "\(last.output)\(last.errors)")
        #expect(shop.members() == addresses(states[1]))
        #expect(shop.server.segments.count == 1)
        let doctor = try await shop.shell.hookline("doctor")
        #expect(doctor.status == 0, "\(doctor.output)")
        #expect(doctor.output.contains("every page and index is intact"))
        #expect(shop.server.journal.contactsCreatedThroughAPI == 0)
        await shop.close()
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        let parts = start.duration(to: .now).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}

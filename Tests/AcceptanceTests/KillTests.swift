import Foundation
import MailchimpSimulator
import Support
import Testing

/// `HOOKLINE_KILLS=200` kills that many runs; by default a few, so that `make test` stays short.
@Suite("kill -9")
struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["HOOKLINE_KILLS"].flatMap { Int($0) } ?? 8

    @Test("at any moment of a run of 20,000 users leaves nothing that one clean run does not repair", .timeLimit(.minutes(25)))
    func kill() async throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(25_000)
        options.latency = .milliseconds(20)
        let shop = try await Shop(options)
        // Two states of the source, so that every run has something to do.
        let states = [1...20_000, 4_001...24_000]
        try shop.write(users: users(states[0]))
        #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
        try shop.write(users: users(states[1]))
        let before = shop.server.journal.total
        #expect(try await shop.shell.hookline("run", "vip", "--yes").status == 0)
        let callsOfARun = shop.server.journal.total - before
        var random = SeededGenerator(seed: 20_261_124)
        var moments: [Moment] = []
        // On a busy machine, some runs end before this test gets to see them: these are tried again.
        for number in 0..<4 * Self.kills where moments.count < Self.kills {
            try shop.write(users: users(states[number % 2]))
            let moment = Moment.random(callsOfARun: callsOfARun, using: &random)
            let run = try shop.shell.start("run", "vip", "--yes")
            let calls = shop.server.journal.total
            while run.isRunning, !moment.hasCome(shop, calls: shop.server.journal.total - calls) { await Task.yield() }
            if run.isRunning {
                Foundation.kill(run.processIdentifier, SIGKILL)
                moments.append(moment)
            }
            run.waitUntilExit()
        }
        #expect(moments.count > Self.kills / 2, "most runs ended before they could be killed: \(moments)")
        try shop.write(users: users(states[1]))
        let last = try await shop.shell.hookline("run", "vip", "--yes")
        #expect(last.status == 0, "\(moments): \(last.output)\(last.errors)")
        #expect(shop.members() == addresses(states[1]), "\(moments)")
        #expect(shop.server.segments.count == 1)
        let doctor = try await shop.shell.hookline("doctor", "--json")
        #expect(doctor.status == 0, "\(moments): \(doctor.output)")
        #expect(shop.server.journal.contactsCreatedThroughAPI == 0)
        await shop.close()
    }

    /// What can be seen from outside when a run is killed.
    private enum Moment {
        /// The process has started.
        case started
        /// The ledger has been written to, or is about to be.
        case ledgerInUse
        /// Mailchimp has got that many calls, the last of which is not answered.
        case calls(Int)

        static func random(callsOfARun: Int, using generator: inout SeededGenerator) -> Moment {
            switch Int.random(in: 0...callsOfARun + 1, using: &generator) {
            case 0: .started
            case callsOfARun + 1: .ledgerInUse
            case let calls: .calls(calls)
            }
        }

        func hasCome(_ shop: Shop, calls: Int) -> Bool {
            switch self {
            case .started: true
            case .ledgerInUse: shop.has(".hookline/ledger.db-wal")
            case .calls(let count): calls >= count
            }
        }
    }
}

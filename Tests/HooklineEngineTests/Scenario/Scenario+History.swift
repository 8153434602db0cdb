import HooklineCore
import HooklineEngine
import Mailchimp
import Support
import Synchronization
import Testing

extension Scenario {
    /// A scenario with so many contacts, after a run over each of those ranges of users.
    static func after(_ runs: Range<Int>..., contacts: Int = 100) async throws -> Scenario {
        let scenario = try Scenario(contacts: addresses(0..<contacts))
        for numbers in runs { await scenario.run(users(numbers)) }
        return scenario
    }

    /// The report of the last run that the ledger knows.
    var lastRun: RunReport { get throws { try #require(try ledger.history(of: "vip", limit: 1).first) } }

    /// Undoes a run: the last one unless told otherwise.
    @discardableResult
    func undo(_ report: RunReport? = nil, _ setup: Setup = Setup()) async throws -> RunReport {
        await runner([], setup).undo(try report ?? lastRun)
    }

    /// Loses the answers to requests of a method while `body` goes on, after they took effect; `spared` of them still arrive.
    @discardableResult
    func losingAnswers<Value>(
        to method: String = "POST", spared: Int = 0, _ body: () async throws -> Value
    ) async rethrows -> Value {
        let count = Mutex(0)
        return try await losingAnswers(
            where: { request in
                guard request.method == method else { return false }
                return count.withLock {
                    $0 += 1
                    return $0 > spared
                }
            }, body)
    }

    /// Loses the answers to the creation of segments while `body` goes on, after it took effect.
    @discardableResult
    func losingCreations<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        try await losingAnswers(where: { $0.method == "POST" && $0.url.hasSuffix("/segments") }, body)
    }

    private func losingAnswers<Value>(
        where isLost: @escaping @Sendable (HTTPRequest) -> Bool, _ body: () async throws -> Value
    ) async rethrows -> Value {
        transport.loseAnswers(to: isLost)
        defer { transport.loseAnswers { _ in false } }
        return try await body()
    }
}

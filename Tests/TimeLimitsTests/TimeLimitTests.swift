import Synchronization
import Testing
import TimeLimits

@Suite("A time limit")
struct TimeLimitTests {
    @Test("cancels work that goes on, and says so")
    func late() async {
        await #expect(throws: TimeLimit.Exceeded.self) {
            try await TimeLimit.within(.milliseconds(1)) { try await Task.sleep(for: .seconds(86_400)) }
        }
    }

    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    @Test("leaves work to itself that does not heed it, more often than there are cores")
    func deaf() async {
        let mayEnd = Flag()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        try await TimeLimit.within(.milliseconds(1), farewell: .milliseconds(1)) {
                            while !mayEnd.value.withLock({ $0 }) {}
                        }
                        return false
                    } catch { return error is TimeLimit.Exceeded }
                }
            }
            for await isLate in group { #expect(isLate) }
        }
        mayEnd.value.withLock { $0 = true }
    }

    @Test("hands on what work in time returns or throws")
    func inTime() async throws {
        #expect(try await TimeLimit.within(.seconds(86_400)) { 7 } == 7)
        await #expect(throws: CancellationError.self) {
            try await TimeLimit.within(.seconds(86_400)) { throw CancellationError() }
        }
    }

    @Test("hands on the cancellation of whoever waits")
    func cancelled() async {
        let waiting = Task {
            try await TimeLimit.within(.seconds(86_400)) { try await Task.sleep(for: .seconds(86_400)) }
        }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}

import Testing

@testable import HooklineCore

@Suite("A time limit")
struct TimeLimitTests {
    @Test("cancels work that goes on, and says so")
    func late() async {
        await #expect(throws: TimeLimit.Exceeded.self) {
            try await TimeLimit.within(.milliseconds(1)) { try await Task.sleep(for: .seconds(86_400)) }
        }
    }

    @Test("hands on what work in time returns or throws")
    func inTime() async throws {
        #expect(try await TimeLimit.within(.seconds(86_400)) { 7 } == 7)
        await #expect(throws: CancellationError.self) {
            try await TimeLimit.within(.seconds(86_400)) { throw CancellationError() }
        }
    }
}

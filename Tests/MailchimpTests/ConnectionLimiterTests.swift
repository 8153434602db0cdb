import Testing

@testable import Mailchimp

@Suite("Waiting for a connection")
struct ConnectionLimiterTests {
    @Test("no setting goes beyond ten, nor below one", arguments: [(-1, 1), (0, 1), (1, 1), (9, 9), (10, 10), (11, 10), (Int.max, 10)])
    func clamped(asked: Int, granted: Int) {
        #expect(ConnectionLimiter(limit: asked).limit == granted)
        var configuration = MailchimpConfiguration(credential: .apiKey("k-us1"), connections: asked)
        #expect(configuration.connections == granted)
        configuration.connections = asked
        #expect(configuration.connections == granted)
    }

    @Test("places are given in the order in which they were asked for")
    func order() async throws {
        let limiter = ConnectionLimiter(limit: 1)
        try await limiter.acquire()
        let served = Shared<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await limiter.acquire()
                    served.change { $0.append(number) }
                    limiter.release()
                }
                while limiter.waiting < number + 1 { await Task.yield() }
            }
            limiter.release()
            try await group.waitForAll()
        }
        #expect(served.value == Array(0..<20))
        #expect(limiter.freeSlots == 1)
    }

    @Test("whoever is cancelled while waiting leaves the queue, and no requestLine is lost")
    func cancelled() async throws {
        let limiter = ConnectionLimiter(limit: 1)
        try await limiter.acquire()
        let tasks = (0..<10).map { _ in Task { try await limiter.acquire() } }
        while limiter.waiting < 10 { await Task.yield() }
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        #expect(limiter.waiting == 0)
        limiter.release()
        #expect(limiter.freeSlots == 1)
    }

    @Test("whoever is cancelled before asking gets none")
    func cancelledBefore() async {
        let limiter = ConnectionLimiter(limit: 3)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await limiter.acquire()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(limiter.freeSlots == 3)
    }

    @Test("under a storm of arrivals and cancellations the limit holds, and every requestLine comes back")
    func storm() async {
        let limiter = ConnectionLimiter(limit: 4)
        let inside = Shared(Crowd())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask {
                    let task = Task {
                        try await limiter.acquire()
                        inside.change { $0.enter() }
                        await Task.yield()
                        inside.change { $0.leave() }
                        limiter.release()
                    }
                    if number % 3 == 0 { task.cancel() }
                    _ = try? await task.value
                }
            }
        }
        #expect(inside.value.most <= 4)
        #expect(limiter.freeSlots == 4)
        #expect(limiter.waiting == 0)
    }
}

import Support
import Testing

@testable import Mailchimp

@Suite("Executing requests")
struct RequestExecutorTests {
    private static let account = HTTPResponse.json(#"{"account_id":"1a2b","account_name":"Example","role":"owner","total_subscribers":12}"#)

    @Test("after a throttle, an error, a page of HTML, a lost connection and a timeout, the sixth attempt succeeds")
    func persistence() async throws {
        let time = ControlledTime(fraction: 0.5)
        let transport = ScriptedTransport([
            .success(.problem(429, "Too Many Requests", "")), .success(HTTPResponse(status: 500)), .success(.html(503)),
            .failure(.connectionLost("reset")), .failure(.timedOut), .success(Self.account),
        ])
        let client = MailchimpClient.scripted(transport, time: time)
        let account = try await client.account()
        #expect(account == Account(id: "1a2b", name: "Example", role: "owner", subscriberCount: 12))
        var statistics = CallStatistics()
        statistics.calls = 6
        statistics.retries = 5
        statistics.throttled = 1
        statistics.highestConcurrency = 1
        #expect(client.statistics == statistics)
        let backoffs: [Duration] = [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4)]
        #expect(backoffs.allSatisfy(time.pauses.contains))
    }

    @Test("a call that fails every time ends with the last error and the number of attempts")
    func givingUp() async throws {
        let transport = ScriptedTransport { _, _ in HTTPResponse(status: 500) }
        let client = MailchimpClient.scripted(transport)
        let error = try await mailchimpError { try await client.account() }
        #expect(error?.code == .unavailable)
        #expect(error?.attempts == 10)
        #expect(error?.mayHaveTakenEffect == true)
        #expect(transport.requests.count == 10)
    }

    @Test("a clear failure is not retried", arguments: [400, 401, 404, 405])
    func noRetry(status: Int) async throws {
        let transport = ScriptedTransport { _, _ in .problem(status, "No", "No.") }
        let client = MailchimpClient.scripted(transport)
        let error = try await mailchimpError { try await client.audience("abc1") }
        #expect(error?.attempts == 1)
        #expect(error?.mayHaveTakenEffect == false)
        #expect(transport.requests.count == 1)
    }

    @Test("thousands of calls get through when a quarter of all attempts fail")
    func underFire() async throws {
        let generator = Shared(SeededGenerator(seed: 42))
        let transport = ScriptedTransport { _, _ in
            switch generator.change({ Int.random(in: 0..<20, using: &$0) }) {
            case 0, 1: return .problem(429, "Too Many Requests", "")
            case 2, 3: return HTTPResponse(status: 500)
            case 4: throw TransportFailure.connectionLost("reset")
            default: return Self.account
            }
        }
        let client = MailchimpClient.scripted(transport)
        for _ in 0..<2_000 { _ = try await client.account() }
        #expect(client.statistics.calls == 2_000 + client.statistics.retries)
    }

    @Test("a server that never responded gets three attempts, which don't count as calls")
    func unreachable() async throws {
        let transport = ScriptedTransport { _, _ in throw TransportFailure.unreachable("refused") }
        let client = MailchimpClient.scripted(transport)
        let error = try await mailchimpError { try await client.account() }
        #expect(error?.code == .unreachable)
        #expect(error?.attempts == 3)
        #expect(client.statistics.calls == 0)
    }

    @Test("an untrusted certificate ends the call at once")
    func tls() async throws {
        let client = MailchimpClient.scripted(ScriptedTransport([.failure(.tls("the handshake failed"))]))
        let error = try await mailchimpError { try await client.account() }
        #expect(error?.code == .tls)
    }

    @Test("an unexpected transport error counts as a lost connection, without its text")
    func unforeseen() async throws {
        let transport = ScriptedTransport { _, number in
            guard number > 0 else { throw ScriptIsOver(request: "secret") }
            return Self.account
        }
        let client = MailchimpClient.scripted(transport)
        _ = try await client.account()
        #expect(client.statistics.retries == 1)
    }

    @Test("requests carry the credential, the agent and what they accept")
    func headers() async throws {
        let transport = ScriptedTransport([.success(Self.account)])
        let configuration = MailchimpConfiguration(credential: .apiKey("k-us21"), userAgent: "hookline/1.2.3")
        _ = try await MailchimpClient(configuration: configuration, transport: transport, dependencies: ControlledTime().dependencies)
            .account()
        let request = try #require(transport.requests.first)
        #expect(request.url.hasPrefix("https://us21.api.mailchimp.com/3.0/?fields="))
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["Authorization"] == "Basic YW55c3RyaW5nOmstdXMyMQ==")
        #expect(headers["User-Agent"] == "hookline/1.2.3")
        #expect(headers["Accept-Encoding"] == "gzip, deflate")
        #expect(headers["Content-Type"] == nil)
        #expect(request.timeout == .seconds(120))
    }

    @Test("no more requests are on the wire than allowed, and all of them arrive", arguments: [1, 3, 10])
    func concurrency(connections: Int) async throws {
        let onTheWire = Shared(Crowd())
        let transport = ScriptedTransport { _, number in
            onTheWire.change { $0.enter() }
            for _ in 0..<5 { await Task.yield() }
            onTheWire.change { $0.leave() }
            return number % 3 == 0 ? HTTPResponse(status: 429) : Self.account
        }
        let client = MailchimpClient.scripted(transport, connections: connections)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { _ = try await client.account() } }
            try await group.waitForAll()
        }
        #expect(onTheWire.value.most <= connections)
        #expect(client.statistics.highestConcurrency <= connections)
        #expect(client.executor.limiter.freeSlots == connections)
    }

    @Test("a timed-out request keeps its slot until Mailchimp must have given up too")
    func lingering() async throws {
        let time = ControlledTime()
        let transport = ScriptedTransport { _, number in
            guard number > 0 else {
                time.pass(.seconds(50))
                throw TransportFailure.timedOut
            }
            return Self.account
        }
        let client = MailchimpClient.scripted(transport, time: time, connections: 1)
        _ = try await client.account()
        #expect(time.pauses.contains(.seconds(70)))
    }

    @Test("a cancelled call throws CancellationError and releases its slot")
    func cancellation() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let transport = ScriptedTransport { _, number in
            guard number == 0 else { return Self.account }
            arrived.continuation.yield()
            try await Task.sleep(for: .seconds(3_600))
            return Self.account
        }
        let client = MailchimpClient.scripted(transport, connections: 1)
        let task = Task { try await client.account() }
        for await _ in arrived.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = try await client.account()
    }
}

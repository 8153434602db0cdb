import Testing

@testable import Mailchimp

@Suite("The circuit breaker")
struct CircuitTests {
    /// A circuit breaker in a class: expectations must not mutate a value that they capture.
    private final class Box {
        var circuit = CircuitBreaker()
        var isOpen: Bool { circuit.isOpen }
        func recordFailure(at now: Duration) -> Bool { circuit.recordFailure(at: now) }
        func recordSuccess() -> Bool { circuit.recordSuccess() }
        func admit(at now: Duration) -> CircuitBreaker.Admission { circuit.admit(at: now) }
        func recordNoResult() { circuit.recordNoResult() }
    }

    @Test("holds calls back after twenty failures in a row; one success restarts the count")
    func opens() {
        let circuit = Box()
        for _ in 1..<CircuitBreaker.threshold { #expect(!circuit.recordFailure(at: .zero)) }
        #expect(!circuit.recordSuccess())
        for _ in 1..<CircuitBreaker.threshold { #expect(!circuit.recordFailure(at: .zero)) }
        #expect(!circuit.isOpen)
        #expect(circuit.recordFailure(at: .seconds(1)))
        #expect(circuit.isOpen)
        #expect(circuit.admit(at: .seconds(1)) == .wait(.seconds(5)))
    }

    @Test("lets one call at a time probe, less and less often, until one succeeds")
    func probes() {
        let circuit = Box()
        for _ in 0..<CircuitBreaker.threshold { _ = circuit.recordFailure(at: .zero) }
        #expect(circuit.admit(at: .seconds(5)) == .proceed)
        #expect(circuit.admit(at: .seconds(5)) == .wait(.milliseconds(500)), "another call is probing")
        #expect(!circuit.recordFailure(at: .seconds(6)))
        #expect(circuit.admit(at: .seconds(6)) == .wait(.seconds(5)))
        #expect(circuit.admit(at: .seconds(11)) == .proceed)
        #expect(!circuit.recordFailure(at: .seconds(11)))
        #expect(circuit.admit(at: .seconds(11)) == .wait(.seconds(10)))
        #expect(circuit.admit(at: .seconds(21)) == .proceed)
        #expect(circuit.recordSuccess())
        #expect(circuit.admit(at: .seconds(21)) == .proceed)
        #expect(circuit.admit(at: .seconds(21)) == .proceed)
    }

    @Test("gives up after five minutes; a cancelled probe holds nobody back")
    func givesUp() {
        let circuit = Box()
        for _ in 0..<CircuitBreaker.threshold { _ = circuit.recordFailure(at: .seconds(100)) }
        #expect(circuit.admit(at: .seconds(105)) == .proceed)
        circuit.recordNoResult()
        #expect(circuit.admit(at: .seconds(105)) == .proceed)
        #expect(circuit.admit(at: .seconds(399)) == .wait(.milliseconds(500)))
        #expect(circuit.admit(at: .seconds(400)) == .fail)
    }

    @Test("limits many calls to a service that is down to a few dozen attempts, and says why")
    func manyCalls() async throws {
        let notices = Shared<[String]>([])
        let transport = FailingTransport()
        let clock = Shared<Double>(0)
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("key-us1")), transport: transport,
            dependencies: ClientDependencies(
                sleep: { duration in
                    try Task.checkCancellation()
                    clock.change { $0 += Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18 }
                    await Task.yield()
                }, uptime: { .seconds(clock.value) }, unixSeconds: { Int64(clock.value) }, fraction: { 0.5 }),
            notice: { notice in
                notices.change {
                    if case .opened(let failures, _) = notice { $0.append("opened \(failures)") } else { $0.append("closed") }
                }
            })
        let codes = await withTaskGroup(of: MailchimpError.Code?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        _ = try await client.segment(audience: "a1", id: number)
                        return nil
                    } catch let error as MailchimpError { return error.code } catch { return nil }
                }
            }
            return await group.reduce(into: [MailchimpError.Code?]()) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == .circuitOpen || $0 == .unavailable })
        #expect(codes.contains(.circuitOpen))
        #expect(notices.value == ["opened 20"])
        #expect(client.statistics.calls < 80, "\(client.statistics.calls)")
    }

    @Test("nothing is retried after the deadline")
    func deadline() async throws {
        let clock = Shared<Double>(0)
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("key-us1")), transport: FailingTransport(),
            dependencies: ClientDependencies(
                sleep: { duration in clock.change { $0 += Double(duration.components.seconds) + 1 } }, uptime: { .seconds(clock.value) },
                unixSeconds: { Int64(clock.value) }, fraction: { 1 }))
        client.stopRetrying(after: 3)
        await #expect(throws: MailchimpError.self) { try await client.segment(audience: "a1", id: 1) }
        #expect(client.statistics.calls <= 4)
    }
}

/// Responds to everything with 503.
private struct FailingTransport: Transport {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        HTTPResponse(
            status: 503, contentType: "application/problem+json", body: Array(#"{"title":"Down","status":503,"detail":"down"}"#.utf8))
    }
}

import Testing

@testable import Mailchimp

@Suite("While everything fails")
struct CircuitTests {
    /// A circuit in a box: expectations take it apart, and may not change what they look at.
    private final class Box {
        var circuit = Circuit()
        var isOpen: Bool { circuit.isOpen }
        func failed(at now: Duration) -> Bool { circuit.failed(at: now) }
        func succeeded() -> Bool { circuit.succeeded() }
        func admit(at now: Duration) -> Circuit.Admission { circuit.admit(at: now) }
        func knowsNothing() { circuit.knowsNothing() }
    }

    @Test("calls are held back after twenty failures in a row, and one success in between starts the count anew")
    func opens() {
        let circuit = Box()
        for _ in 1..<Circuit.threshold { #expect(!circuit.failed(at: .zero)) }
        #expect(!circuit.succeeded())
        for _ in 1..<Circuit.threshold { #expect(!circuit.failed(at: .zero)) }
        #expect(!circuit.isOpen)
        #expect(circuit.failed(at: .seconds(1)))
        #expect(circuit.isOpen)
        #expect(circuit.admit(at: .seconds(1)) == .wait(.seconds(5)))
    }

    @Test("one call at a time tries, less and less often, and a success lets all go on")
    func probes() {
        let circuit = Box()
        for _ in 0..<Circuit.threshold { _ = circuit.failed(at: .zero) }
        #expect(circuit.admit(at: .seconds(5)) == .go)
        #expect(circuit.admit(at: .seconds(5)) == .wait(.milliseconds(500)), "somebody is trying")
        #expect(!circuit.failed(at: .seconds(6)))
        #expect(circuit.admit(at: .seconds(6)) == .wait(.seconds(5)))
        #expect(circuit.admit(at: .seconds(11)) == .go)
        #expect(!circuit.failed(at: .seconds(11)))
        #expect(circuit.admit(at: .seconds(11)) == .wait(.seconds(10)))
        #expect(circuit.admit(at: .seconds(21)) == .go)
        #expect(circuit.succeeded())
        #expect(circuit.admit(at: .seconds(21)) == .go)
        #expect(circuit.admit(at: .seconds(21)) == .go)
    }

    @Test("after five minutes it is given up, and a probe that was cancelled holds nobody back")
    func givesUp() {
        let circuit = Box()
        for _ in 0..<Circuit.threshold { _ = circuit.failed(at: .seconds(100)) }
        #expect(circuit.admit(at: .seconds(105)) == .go)
        circuit.knowsNothing()
        #expect(circuit.admit(at: .seconds(105)) == .go)
        #expect(circuit.admit(at: .seconds(399)) == .wait(.milliseconds(500)))
        #expect(circuit.admit(at: .seconds(400)) == .fail)
    }

    @Test("many calls to a service that is down cost a few dozen attempts, end within minutes and say why")
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

    @Test("nothing is repeated once the run's time is over")
    func deadline() async throws {
        let clock = Shared<Double>(0)
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("key-us1")), transport: FailingTransport(),
            dependencies: ClientDependencies(
                sleep: { duration in clock.change { $0 += Double(duration.components.seconds) + 1 } }, uptime: { .seconds(clock.value) },
                unixSeconds: { Int64(clock.value) }, fraction: { 1 }))
        client.repeatNothing(after: 3)
        await #expect(throws: MailchimpError.self) { try await client.segment(audience: "a1", id: 1) }
        #expect(client.statistics.calls <= 4)
    }
}

/// Answers everything with 503.
private struct FailingTransport: Transport {
    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        HTTPAnswer(
            status: 503, contentType: "application/problem+json", body: Array(#"{"title":"Down","status":503,"detail":"down"}"#.utf8))
    }
}

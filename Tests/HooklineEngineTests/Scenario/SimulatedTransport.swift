import Mailchimp
import MailchimpSimulator
import Synchronization

/// Carries a client's requests straight into a simulated account: no socket, no clock.
final class SimulatedTransport: Transport {
    private let account: Mutex<SimulatedAccount>
    private let now: @Sendable () -> Int64
    private let isLost = Mutex<@Sendable (HTTPRequest) -> Bool>({ _ in false })

    /// How many seconds Mailchimp's clock is ahead of ours.
    private let ahead = Mutex<Int64>(0)
    private let beforeAnswer = Mutex<@Sendable (HTTPRequest) -> Void>({ _ in })
    private let spelling = Mutex<(@Sendable (String) -> String)?>(nil)
    private let addressSpelling = Mutex<(@Sendable (String) -> String)?>(nil)
    private let poison = Mutex<Set<String>>([])

    init(_ options: SimulatorOptions, now: @escaping @Sendable () -> Int64) throws {
        account = Mutex(try SimulatedAccount(options))
        self.now = now
    }

    /// From now on the answers to such calls are lost, after they took effect.
    func loseAnswers(to calls: @escaping @Sendable (HTTPRequest) -> Bool) {
        isLost.withLock { $0 = calls }
    }

    /// From now on a batch with one of these addresses is refused as a whole, as of malformed ones in `static_segment`; nothing takes effect.
    func refuseBatches(with addresses: Set<String>) {
        poison.withLock { $0 = addresses }
    }

    /// From now on Mailchimp's clock is so many seconds ahead of ours.
    func setClock(ahead seconds: Int64) { ahead.withLock { $0 = seconds } }

    /// The time by Mailchimp's clock.
    var serverNow: Int64 { now() + ahead.withLock { $0 } }

    /// From now on something happens before each call takes effect.
    func beforeEachAnswer(_ body: @escaping @Sendable (HTTPRequest) -> Void) { beforeAnswer.withLock { $0 = body } }

    /// Somebody signs up now.
    func signUp(_ addresses: [String]) throws {
        let time = SimulatedInstant(seconds: serverNow)
        try withAccount { account in for address in addresses { try account.put(address, .subscribed, at: time) } }
    }

    /// From now on answers show names of segments in another way than they were sent.
    func showNames(_ change: @escaping @Sendable (String) -> String) { spelling.withLock { $0 = change } }

    /// From now on answers spell addresses in another way than they were sent.
    func showAddresses(_ change: @escaping @Sendable (String) -> String) { addressSpelling.withLock { $0 = change } }

    private func respelled(_ body: [UInt8]) -> [UInt8] {
        let (name, address) = (spelling.withLock { $0 }, addressSpelling.withLock { $0 })
        var text = String(decoding: body, as: UTF8.self)
        if let name { text = text.replacing(/"name":"([^"]*)"/) { "\"name\":\"\(name(String($0.1)))\"" } }
        if let address { text = text.replacing(/"email_address":"([^"]*)"/) { "\"email_address\":\"\(address(String($0.1)))\"" } }
        return Array(text.utf8)
    }

    /// Somebody makes a saved segment by hand; its ID.
    func makeSavedSegment(_ name: String, audience: String = SimulatorOptions.defaultAudience) -> Int {
        let body = #"{"name":"\#(name)","options":{"match":"any"}}"#
        let request = SimulatedRequest(
            "POST", "/3.0/lists/\(audience)/segments", authorization: "Bearer \(SimulatorOptions.defaultKey)", body: Array(body.utf8),
            arrival: SimulatedInstant(seconds: serverNow))
        return withAccount { account in
            _ = account.answer(to: request)
            return account.segmentViews.first { $0.type == "saved" && $0.name == name }?.id ?? 0
        }
    }

    /// Does something with the account, alone.
    func withAccount<Value: Sendable>(_ body: (inout SimulatedAccount) throws -> Value) rethrows -> Value {
        try account.withLock { try body(&$0) }
    }

    func send(_ call: HTTPRequest) async throws -> HTTPResponse {
        beforeAnswer.withLock { $0 }(call)
        let path = call.url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        let request = SimulatedRequest(
            call.method, String(path), authorization: call.headers.first { $0.name == "Authorization" }?.value, body: call.body ?? [],
            arrival: SimulatedInstant(seconds: serverNow))
        let body = String(decoding: call.body ?? [], as: UTF8.self)
        if call.method == "POST", poison.withLock({ $0.contains { body.contains("\"\($0)\"") } }) {
            let problem =
                #"{"title":"Invalid Resource","status":400,"detail":"bad","errors":[{"field":"members_to_add","message":"Looks fake"}]}"#
            return HTTPResponse(status: 400, contentType: "application/problem+json", body: Array(problem.utf8))
        }
        let answer = account.withLock { $0.answer(to: request) }
        guard answer.delivery == .answered, !isLost.withLock({ $0(call) }) else {
            throw TransportFailure.connectionLost("closed without an answer")
        }
        return HTTPResponse(
            status: answer.status, contentType: answer.header("Content-Type"), requestID: answer.header("X-Request-Id"),
            date: serverNow, body: respelled(answer.body))
    }
}

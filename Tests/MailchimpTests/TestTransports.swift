import JSON
import Synchronization

@testable import Mailchimp

/// A transport that answers from a script and remembers what it was asked.
final class ScriptedTransport: Transport {
    typealias Answering = @Sendable (HTTPCall, Int) async throws -> HTTPAnswer

    private let answering: Answering
    private let sent = Mutex<[HTTPCall]>([])

    /// Answers each call by what `answering` makes of it and of its number, from 0.
    init(_ answering: @escaping Answering) {
        self.answering = answering
    }

    /// Answers one after another, and fails when the script is over.
    convenience init(_ script: [Result<HTTPAnswer, TransportFailure>]) {
        self.init { call, number in
            guard number < script.count else { throw ScriptIsOver(call: call.description) }
            return try script[number].get()
        }
    }

    var calls: [HTTPCall] { sent.withLock { $0 } }

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        let number = sent.withLock { sent in
            sent.append(call)
            return sent.count - 1
        }
        return try await answering(call, number)
    }
}

struct ScriptIsOver: Error {
    let call: String
}

/// Time that passes only when somebody sleeps, and then at once; chance that we choose.
final class HeldTime: Sendable {
    private struct State {
        var now: Duration = .zero
        var pauses: [Duration] = []
    }

    private let state = Mutex(State())
    let startUnixSeconds: Int64 = 1_700_000_000
    let fraction: Double

    init(fraction: Double = 0.5) {
        self.fraction = fraction
    }

    var pauses: [Duration] { state.withLock { $0.pauses } }

    func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

    var dependencies: ClientDependencies {
        ClientDependencies(
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.pauses.append(duration)
                    state.now += duration
                }
            }, uptime: { self.state.withLock { $0.now } },
            unixSeconds: { self.startUnixSeconds + self.state.withLock { $0.now.components.seconds } }, fraction: { self.fraction })
    }
}

extension HTTPAnswer {
    /// A success with a body of JSON.
    static func json(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "application/json; charset=utf-8", requestID: "req-1", body: Array(text.utf8))
    }

    /// A failure as Mailchimp writes it.
    static func problem(_ status: Int, _ title: String, _ detail: String, fields: [(String, String)] = []) -> HTTPAnswer {
        var json = JSONWriter()
        json.object {
            $0.field("type", "https://mailchimp.com/developer/marketing/docs/errors/")
            $0.field("title", title)
            $0.field("detail", detail)
            $0.field("instance", "req-2")
        }
        var text = String(decoding: json.bytes.dropLast(), as: UTF8.self) + ",\"status\":\(status)"
        if !fields.isEmpty {
            let entries = fields.map { name, message in
                var entry = JSONWriter()
                entry.object {
                    $0.field("field", name)
                    $0.field("message", message)
                }
                return String(decoding: entry.bytes, as: UTF8.self)
            }
            text += ",\"errors\":[\(entries.joined(separator: ","))]"
        }
        return HTTPAnswer(
            status: status, contentType: "application/problem+json; charset=utf-8", requestID: "req-2", body: Array((text + "}").utf8))
    }

    /// A page that a firewall shows instead of the API.
    static func html(_ status: Int) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "text/html", body: Array("<html><body>Request Blocked</body></html>".utf8))
    }

    /// The failure of a membership call with nobody on the list.
    static func allUnknown(_ fields: String...) -> HTTPAnswer {
        problem(
            400, "Invalid Resource", "The resource submitted could not be validated.",
            fields: fields.map { ($0, "None of the emails provided were subscribed to the list") })
    }

    /// An answer to a membership call.
    static func membership(added: [String] = [], removed: [String] = [], errors: [(addresses: [String], text: String)] = []) -> HTTPAnswer {
        func members(_ addresses: [String]) -> String {
            addresses.map { "{\"id\":\"0\",\"email_address\":\"\($0)\",\"merge_fields\":{\"FNAME\":\"\"},\"tags\":[]}" }.joined(
                separator: ",")
        }
        let entries = errors.map { entry in
            "{\"email_addresses\":[\(entry.addresses.map { "\"\($0)\"" }.joined(separator: ","))],\"error\":\"\(entry.text)\"}"
        }
        return json(
            "{\"members_added\":[\(members(added))],\"members_removed\":[\(members(removed))],"
                + "\"errors\":[\(entries.joined(separator: ","))],"
                + "\"total_added\":\(added.count),\"total_removed\":\(removed.count),\"error_count\":\(errors.count),\"_links\":[]}")
    }
}

extension HTTPCall {
    /// The body as text.
    var bodyText: String? { body.map { String(decoding: $0, as: UTF8.self) } }

    /// The values of a query, decoded as little as the tests need.
    func query(_ name: String) -> String? {
        guard let mark = url.firstIndex(of: "?") else { return nil }
        return url[url.index(after: mark)...].split(separator: "&").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }
}

extension MailchimpClient {
    /// A client of the stand-in, with a key of data centre us21.
    static func scripted(_ transport: ScriptedTransport, time: HeldTime = HeldTime(), connections: Int = 9) -> MailchimpClient {
        MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("0123456789abcdef-us21"), connections: connections),
            transport: transport,
            dependencies: time.dependencies)
    }
}

/// Runs something and hands back the ``MailchimpError`` it throws, or nil.
func mailchimpError<Value>(_ act: () async throws -> Value) async throws -> MailchimpError? {
    do {
        _ = try await act()
        return nil
    } catch let error as MailchimpError {
        return error
    }
}

/// Something that many tasks write to.
final class Shared<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) {
        content = Mutex(value)
    }

    var value: Value { content.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        content.withLock { change(&$0) }
    }
}

/// How many are inside something at once.
struct Crowd: Sendable {
    private(set) var now = 0
    private(set) var most = 0

    mutating func enter() {
        now += 1
        most = max(most, now)
    }

    mutating func leave() { now -= 1 }
}

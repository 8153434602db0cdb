import Synchronization

@testable import Mailchimp

/// A transport that responds from a script and remembers the requests.
final class ScriptedTransport: Transport {
    typealias Responder = @Sendable (HTTPRequest, Int) async throws -> HTTPResponse

    private let respond: Responder
    private let sent = Mutex<[HTTPRequest]>([])

    /// Responds to each request with what `respond` makes of it and its number, from 0.
    init(_ respond: @escaping Responder) {
        self.respond = respond
    }

    /// Responds with one after the other, and fails when the script is over.
    convenience init(_ script: [Result<HTTPResponse, TransportFailure>]) {
        self.init { request, number in
            guard number < script.count else { throw ScriptIsOver(request: request.description) }
            return try script[number].get()
        }
    }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = sent.withLock { sent in
            sent.append(request)
            return sent.count - 1
        }
        return try await respond(request, number)
    }
}

struct ScriptIsOver: Error {
    let request: String
}

extension HTTPRequest {
    /// The body as text.
    var bodyText: String? { body.map { String(decoding: $0, as: UTF8.self) } }

    /// The values of a query, decoded only as far as the tests need.
    func query(_ name: String) -> String? {
        guard let mark = url.firstIndex(of: "?") else { return nil }
        return url[url.index(after: mark)...].split(separator: "&").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }
}

extension MailchimpClient {
    /// A client with a key of data center us21.
    static func scripted(_ transport: ScriptedTransport, time: ControlledTime = ControlledTime(), connections: Int = 9) -> MailchimpClient {
        MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("0123456789abcdef-us21"), connections: connections),
            transport: transport,
            dependencies: time.dependencies)
    }
}

/// The ``MailchimpError`` that `act` throws; nil when it succeeds.
func mailchimpError<Value>(_ act: () async throws -> Value) async throws -> MailchimpError? {
    do {
        _ = try await act()
        return nil
    } catch let error as MailchimpError {
        return error
    }
}

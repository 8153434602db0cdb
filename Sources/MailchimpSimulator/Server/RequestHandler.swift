import HTTPTypes
import HummingbirdCore
import NIOCore

/// Passes an HTTP request to the account, and sends the answer when and how it says.
struct RequestHandler: Sendable {
    /// Ends a connection without an answer.
    private struct Hangup: Error {}

    private static let largestBody = 64 * 1024 * 1024

    let account: SharedAccount

    /// Throws to make the server close the connection without writing anything.
    @Sendable
    func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let body = try await request.body.collect(upTo: Self.largestBody)
        let incoming = SimulatedRequest(request, body: body)
        let answer = try await answer(incoming)
        guard answer.delivery == .answered else {
            channel.close(mode: .all, promise: nil)
            throw Hangup()
        }
        let written = ByteBuffer(bytes: answer.body)
        try await writer.write(response: answer.head(at: .now), body: written.readableBytes == 0 ? .init() : .init(byteBuffer: written))
    }

    private func answer(_ request: SimulatedRequest) async throws -> SimulatedAnswer {
        if request.path.hasPrefix("/_simulator") { return account.page(request) }
        if request.path == "/oauth2/metadata" { return account.withAccount { $0.metadata(request) } }
        let answer = account.withAccount { $0.begin(request) }
        // The connection is released before the answer is written, because a client that has its answer may ask again at once.
        defer { account.withAccount { $0.end() } }
        if answer.serverTime > .zero { try await Task.sleep(for: answer.serverTime) }
        return answer
    }
}

extension SimulatedRequest {
    fileprivate init(_ request: Request, body: ByteBuffer) {
        self.init(
            request.method.rawValue, request.head.path ?? "/",
            authorization: request.headers[.authorization],
            host: request.head.authority ?? "127.0.0.1",
            methodOverride: HTTPField.Name("X-HTTP-Method-Override").flatMap { request.headers[$0] },
            body: Array(body.readableBytesView),
            arrival: .now
        )
    }
}

extension SimulatedAnswer {
    fileprivate func head(at now: SimulatedInstant) -> HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        fields[.date] = CivilDate(secondsSinceEpoch: now.milliseconds / 1000).headerText
        if status != 204 { fields[.contentLength] = String(body.count) }
        return HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: fields)
    }
}

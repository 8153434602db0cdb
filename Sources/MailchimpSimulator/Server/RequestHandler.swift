import NIOCore
import NIOHTTP1

/// Passes a connection's requests to the account, and sends the answers when and how it says.
struct RequestHandler: Sendable {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private static let largestBody = 64 * 1024 * 1024

    let account: SharedAccount

    /// Answers one request after another until the client has enough, an answer is lost on purpose, or the task is canceled. Closes the connection.
    func serve(_ connection: Connection) async {
        // What a client does wrong, its going away included, concerns no other connection.
        try? await connection.executeThenClose { requests, answers in
            var parts = requests.makeAsyncIterator()
            while case .head(let head)? = try await parts.next() {
                var body = ByteBuffer()
                reading: while true {
                    switch try await parts.next() {
                    case .body(var part)? where body.readableBytes + part.readableBytes <= Self.largestBody: body.writeBuffer(&part)
                    case .end?: break reading
                    default: return
                    }
                }
                let answer = try await answer(SimulatedRequest(head, body: body))
                guard answer.delivery == .answered else { return }
                try await answers.write(contentsOf: [
                    .head(answer.head(for: head, at: .now)), .body(.byteBuffer(ByteBuffer(bytes: answer.body))), .end(nil),
                ])
                guard head.isKeepAlive else { return }
            }
        }
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
    fileprivate init(_ head: HTTPRequestHead, body: ByteBuffer) {
        self.init(
            head.method.rawValue, head.uri,
            authorization: head.headers.first(name: "Authorization"),
            host: head.headers.first(name: "Host") ?? "127.0.0.1",
            methodOverride: head.headers.first(name: "X-HTTP-Method-Override"),
            body: Array(body.readableBytesView),
            arrival: .now
        )
    }
}

extension SimulatedAnswer {
    fileprivate func head(for request: HTTPRequestHead, at now: SimulatedInstant) -> HTTPResponseHead {
        var fields = HTTPHeaders(headers)
        fields.replaceOrAdd(name: "Date", value: CivilDate(secondsSinceEpoch: now.milliseconds / 1000).headerText)
        if status != 204 { fields.replaceOrAdd(name: "Content-Length", value: String(body.count)) }
        if !request.isKeepAlive { fields.replaceOrAdd(name: "Connection", value: "close") }
        return HTTPResponseHead(version: request.version, status: HTTPResponseStatus(statusCode: status), headers: fields)
    }
}

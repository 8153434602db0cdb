import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

/// Carries requests over AsyncHTTPClient: HTTP/1.1, TLS verified, no redirects, answers read to their end.
package final class HTTPClientTransport: Transport {
    /// The largest answer that is read, in bytes after decompression; 500 whole contacts take about 2 MB.
    package static let defaultAnswerLimit = 16 * 1_024 * 1_024

    private let client: HTTPClient
    private let answerLimit: Int

    /// A transport with a pool of so many connections a host, that reads answers of up to `answerLimit` bytes.
    package init(connections: Int, answerLimit: Int = defaultAnswerLimit) {
        self.answerLimit = answerLimit
        // HTTP/1.1 only: Mailchimp grants connections, and one of HTTP/2 would carry many requests.
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: Self.tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(15)),
            decompression: .enabled(limit: .size(answerLimit)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
            group.addTask { try await self.exchange(call) }
            // The client's own deadline ends with the head of the answer; this one holds to the last byte.
            group.addTask {
                try await Task.sleep(for: call.timeout)
                throw TransportFailure.timedOut
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    private func exchange(_ call: HTTPCall) async throws -> HTTPAnswer {
        do {
            let response = try await client.execute(Self.request(call), timeout: TimeAmount(call.timeout + .seconds(1)))
            let body = try await response.body.collect(upTo: answerLimit)
            return Self.answer(response, body)
        } catch {
            throw Self.failure(error, answerLimit: answerLimit)
        }
    }

    private static func request(_ call: HTTPCall) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method)
        request.headers = HTTPHeaders(call.headers.map { ($0.name, $0.value) })
        if let body = call.body { request.body = .bytes(body) }
        return request
    }

    private static func answer(_ response: HTTPClientResponse, _ body: ByteBuffer) -> HTTPAnswer {
        HTTPAnswer(
            status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
            requestID: response.headers.first(name: "X-Request-Id"),
            retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap { Int($0) }, body: Array(body.readableBytesView))
    }

    private static let tls: TLSConfiguration = {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        return tls
    }()
}

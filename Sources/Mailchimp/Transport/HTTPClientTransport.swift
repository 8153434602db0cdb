import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

/// Carries requests with AsyncHTTPClient: HTTP/1.1, verified TLS, no redirects, whole responses.
package final class HTTPClientTransport: Transport {
    /// The largest response that is read, in bytes after decompression; 500 whole contacts take about 2 MB.
    package static let defaultResponseLimit = 16 * 1_024 * 1_024

    private let client: HTTPClient
    private let responseLimit: Int

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - connections: the size of the connection pool of each host.
    ///   - responseLimit: the largest response that is read, in bytes after decompression.
    package init(connections: Int, responseLimit: Int = defaultResponseLimit) {
        self.responseLimit = responseLimit
        // HTTP/1.1 only: Mailchimp limits connections, and a single one of HTTP/2 would carry many requests.
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: Self.tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(15)),
            decompression: .enabled(limit: .size(responseLimit)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            group.addTask { try await self.exchange(request) }
            // The client's own timeout ends with the head of the response; this one lasts to the last byte.
            group.addTask {
                try await Task.sleep(for: request.timeout)
                throw TransportFailure.timedOut
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw CancellationError() }
            return response
        }
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        do {
            let response = try await client.execute(Self.clientRequest(request), timeout: TimeAmount(request.timeout + .seconds(1)))
            let body = try await response.body.collect(upTo: responseLimit)
            return Self.response(response, body)
        } catch {
            throw Self.failure(error, responseLimit: responseLimit)
        }
    }

    private static func clientRequest(_ request: HTTPRequest) -> HTTPClientRequest {
        var clientRequest = HTTPClientRequest(url: request.url)
        clientRequest.method = HTTPMethod(rawValue: request.method)
        clientRequest.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let body = request.body { clientRequest.body = .bytes(body) }
        return clientRequest
    }

    private static func response(_ response: HTTPClientResponse, _ body: ByteBuffer) -> HTTPResponse {
        HTTPResponse(
            status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
            requestID: response.headers.first(name: "X-Request-Id"),
            retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap { Int($0) },
            date: response.headers.first(name: "Date").flatMap(HTTPDate.unixSeconds), body: Array(body.readableBytesView))
    }

    private static let tls: TLSConfiguration = {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        return tls
    }()
}

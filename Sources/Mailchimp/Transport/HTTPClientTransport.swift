import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NetworkSettings

/// Carries requests with AsyncHTTPClient: HTTP/1.1, verified TLS, no redirects, whole responses; through the proxy of the environment, and
/// with its certificates.
package final class HTTPClientTransport: Transport {
    /// The largest response that is read, in bytes after decompression; 500 whole contacts take about 2 MB.
    package static let defaultResponseLimit = 16 * 1_024 * 1_024

    private let clients: NetworkClients
    private let responseLimit: Int

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - connections: the size of the connection pool of each host.
    ///   - responseLimit: the largest response that is read, in bytes after decompression.
    ///   - settings: what the environment says about proxies and certificates.
    package init(connections: Int, responseLimit: Int = defaultResponseLimit, settings: NetworkSettings = NetworkSettings()) {
        self.responseLimit = responseLimit
        // HTTP/1.1 only: Mailchimp limits connections, and a single one of HTTP/2 would carry many requests.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(15)),
            decompression: .enabled(limit: .size(responseLimit)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
        configuration.connectionPool.retryConnectionEstablishment = false
        clients = NetworkClients(configuration, settings: settings)
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
        try await clients.shutdown()
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        do {
            let client = try clients.client(for: request.url)
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
        let date = response.headers.first(name: "Date").flatMap(HTTPDate.unixSeconds)
        return HTTPResponse(
            status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type"),
            requestID: response.headers.first(name: "X-Request-Id"),
            retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap {
                RetryAfter.seconds($0, serverTime: date, now: Int64(Date().timeIntervalSince1970))
            }, date: date, body: Array(body.readableBytesView))
    }
}

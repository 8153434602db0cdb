import AsyncHTTPClient
import Foundation
import Synchronization

/// HTTP clients for the ways that addresses take: direct, and through proxies. Made when they are first needed.
package final class NetworkClients: Sendable {
    private let settings: NetworkSettings
    private let configuration: HTTPClient.Configuration
    /// By the way they take; nil once all are shut down.
    private let clients = Mutex<[String: HTTPClient]?>([:])

    /// Clients with this configuration, but for certificates and proxy.
    package init(_ configuration: HTTPClient.Configuration, settings: NetworkSettings = NetworkSettings()) {
        self.configuration = configuration
        self.settings = settings
    }

    /// The client for an address.
    ///
    /// - Throws: ``NetworkProblem`` for a variable of the environment that cannot be used; `HTTPClientError.alreadyShutdown` after
    ///   ``shutdown()``.
    package func client(for url: String) throws -> HTTPClient {
        let proxy = try settings.proxy(for: url)
        let way = proxy.map { "\($0.host):\($0.port)" } ?? "direct"
        return try clients.withLock { clients in
            guard let made = clients else { throw HTTPClientError.alreadyShutdown }
            if let client = made[way] { return client }
            var configuration = configuration
            configuration.tlsConfiguration = try settings.tls()
            configuration.proxy = proxy
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients?[way] = client
            return client
        }
    }

    /// Closes all connections. Nothing can be sent afterwards by a client that was handed out.
    package func shutdown() async throws {
        let all = clients.withLock { clients in
            defer { clients = nil }
            return clients.map { Array($0.values) } ?? []
        }
        for client in all { try await client.shutdown() }
    }
}

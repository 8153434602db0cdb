import Archive
import AsyncHTTPClient
import Foundation
import HooklineCore
import NIOCore
import NIOHTTP1
import NIOSSL
import NetworkSettings
import TimeLimits

/// Downloads a `.hookpack` file over https.
package enum PackageDownload {
    /// For a server that sends nothing.
    private static let patience: TimeAmount = .seconds(60)
    /// For the whole package, however slowly it arrives.
    private static let deadline = Duration.seconds(300)
    private static let redirects = 5

    /// Whether a text is an address rather than a path.
    package static func isAddress(_ text: String) -> Bool { text.contains("://") }

    /// An address that may be kept and shown: without user, password, query and fragment, which may hold a secret.
    package static func withoutSecrets(_ address: String) -> String {
        guard var parts = URLComponents(string: address) else { return address }
        (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
        return parts.string ?? address
    }

    /// Downloads at most as many bytes as a package may have.
    ///
    /// Plain http is accepted from this machine only: anybody in between could replace the package. Proxies and certificates are those of
    /// the environment, as in other programs.
    ///
    /// - Throws: `package.download`.
    package static func bytes(at address: String) async throws -> [UInt8] {
        try check(address, before: nil)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: patience)
        // A certificate that was refused once would be refused again.
        configuration.connectionPool.retryConnectionEstablishment = false
        let clients = NetworkClients(configuration)
        do {
            let bytes = try await TimeLimit.within(deadline) { try await fetch(address, clients) }
            try await clients.shutdown()
            return bytes
        } catch {
            try? await clients.shutdown()
            throw error as? PackageError ?? failure(address, reason(error))
        }
    }

    private static func fetch(_ address: String, _ clients: NetworkClients) async throws -> [UInt8] {
        var url = address
        for _ in 0...redirects {
            let response = try await clients.client(for: url).execute(HTTPClientRequest(url: url), timeout: patience)
            if (300..<400).contains(response.status.code), let next = response.headers.first(name: "location"),
                let target = URL(string: next, relativeTo: URL(string: url))
            {
                try check(target.absoluteString, before: url)
                url = target.absoluteString
                // The rest of the response would keep its connection from being used again.
                _ = try? await response.body.collect(upTo: 1 << 16)
                continue
            }
            guard response.status == .ok else { throw failure(address, "the server answers \(response.status.code), not 200") }
            do {
                return Array(buffer: try await response.body.collect(upTo: Hookpack.limits.bytes))
            } catch is NIOTooManyBytesError {
                throw failure(address, "it has more than \(Hookpack.limits.bytes >> 20) MB, the limit of a package")
            }
        }
        throw failure(address, "it redirects more than \(redirects) times")
    }

    /// Refuses an address that is not safe to download from.
    ///
    /// - Parameters:
    ///   - url: the address.
    ///   - before: the address that redirected here. Another machine must not redirect to services of this one.
    /// - Throws: `package.download`.
    private static func check(_ url: String, before: String?) throws(PackageError) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
            throw failure(url, "it is not an address")
        }
        if let port = parts.port, !(1...65_535).contains(port) { throw failure(url, "there is no port \(port)") }
        if parts.user != nil || parts.password != nil {
            throw failure(url, "an address with a name or password is not accepted: it would end up in \(PackagePins.file)")
        }
        let scheme = parts.scheme?.lowercased()
        if scheme == "https" { return }
        let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard scheme == "http", isHere, before?.lowercased().hasPrefix("https://") != true else {
            throw failure(url, "packages are downloaded over https only")
        }
    }

    /// In our own words: those of the libraries name files of the machine that built them.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case is CancellationError: return "interrupted"
        case is TimeLimit.Exceeded: return "it did not arrive within \(deadline.components.seconds / 60) minutes"
        case let problem as NetworkProblem: return problem.message
        case let error as HTTPClientError: return "\(error.shortDescription)"
        case NIOSSLError.uncleanShutdown: return "the connection ended before the response did"
        case is NIOSSLError, is BoringSSLError: return "its certificate is not trusted here"
        case is NIOSSLExtraError: return "its certificate is for another host"
        case ChannelError.connectTimeout: return "nothing answers there"
        case is ChannelError: return "the connection failed"
        default:
            let words = "\(error)"
            if words.contains("refused") { return "nothing answers there" }
            return words.localizedCaseInsensitiveContains("ssl")
                ? "its certificate is not trusted here" : "the connection failed"
        }
    }

    private static func failure(_ address: String, _ why: String) -> PackageError {
        PackageError(.download, "the package at \(ArchivePath.shown(withoutSecrets(address))) cannot be downloaded: \(why)")
    }
}

import Archive
import AsyncHTTPClient
import Foundation
import HooklineCore
import NIOCore
import NIOHTTP1
import NIOSSL
import TimeLimits

/// Fetches a `.hookpack` file over https.
package enum PackageDownload {
    /// For a server that says nothing.
    private static let patience: TimeAmount = .seconds(60)
    /// For the whole package, however slowly it drips.
    private static let deadline = Duration.seconds(300)
    private static let redirects = 5

    /// Whether a text is an address rather than a path.
    package static func isAddress(_ text: String) -> Bool { text.contains("://") }

    /// The address as it may be kept and shown: without query and fragment, which may hold a secret.
    package static func withoutSecrets(_ address: String) -> String {
        guard var parts = URLComponents(string: address) else { return address }
        (parts.user, parts.password, parts.query, parts.fragment) = (nil, nil, nil, nil)
        return parts.string ?? address
    }

    /// The bytes behind an address, at most as many as a package may have.
    ///
    /// Plain http is taken from this machine only: whoever sits between could swap the package. The certificates of `SSL_CERT_FILE` are
    /// trusted where it is set, as by other programs, and the system's otherwise.
    ///
    /// - Throws: `package.download`.
    package static func bytes(at address: String) async throws -> [UInt8] {
        try check(address, before: nil)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: patience)
        var security = TLSConfiguration.makeClientConfiguration()
        if let file = ProcessInfo.processInfo.environment["SSL_CERT_FILE"], !file.isEmpty {
            guard FileManager.default.isReadableFile(atPath: file),
                (try? URL(fileURLWithPath: file).resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]).isRegularFile)
                    == true,
                (try? NIOSSLCertificate.fromPEMFile(file))?.isEmpty == false
            else {
                throw failure(
                    address, "SSL_CERT_FILE names \(ArchivePath.shown(file)), which is no file of certificates that can be read")
            }
            security.trustRoots = .file(file)
        }
        configuration.tlsConfiguration = security
        // A certificate that is refused once is refused again.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let bytes = try await TimeLimit.within(deadline) { try await fetch(address, client) }
            try await client.shutdown()
            return bytes
        } catch {
            try? await client.shutdown()
            throw error as? PackageError ?? failure(address, reason(error))
        }
    }

    private static func fetch(_ address: String, _ client: HTTPClient) async throws -> [UInt8] {
        var url = address
        for _ in 0...redirects {
            let response = try await client.execute(HTTPClientRequest(url: url), timeout: patience)
            if (300..<400).contains(response.status.code), let next = response.headers.first(name: "location"),
                let target = URL(string: next, relativeTo: URL(string: url))
            {
                try check(target.absoluteString, before: url)
                url = target.absoluteString
                // What is left of the answer would keep its connection from the next call.
                _ = try? await response.body.collect(upTo: 1 << 16)
                continue
            }
            guard response.status == .ok else { throw failure(address, "the answer is \(response.status.code), not 200") }
            do {
                return Array(buffer: try await response.body.collect(upTo: Hookpack.limits.bytes))
            } catch is NIOTooManyBytesError {
                throw failure(address, "there are more than \(Hookpack.limits.bytes >> 20) MB, which is no package")
            }
        }
        throw failure(address, "it leads on more than \(redirects) times")
    }

    /// - Parameter before: the address that led here; nobody is led from another machine to this one's services.
    private static func check(_ url: String, before: String?) throws(PackageError) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
            throw failure(url, "it is no address")
        }
        if let port = parts.port, !(1...65_535).contains(port) { throw failure(url, "there is no port \(port)") }
        if parts.user != nil || parts.password != nil {
            throw failure(url, "an address with a name or password in it is not taken: it would stand in \(PackagePins.file)")
        }
        let scheme = parts.scheme?.lowercased()
        if scheme == "https" { return }
        let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard scheme == "http", isHere, before?.lowercased().hasPrefix("https://") != true else {
            throw failure(url, "packages are fetched over https only")
        }
    }

    /// In words of ours: those of the libraries name files of the machine that built them.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case is CancellationError: return "interrupted"
        case is TimeLimit.Exceeded: return "it has not come within \(deadline.components.seconds / 60) minutes"
        case let error as HTTPClientError: return "\(error.shortDescription)"
        case NIOSSLError.uncleanShutdown: return "the connection ended before the answer did"
        case is NIOSSLError, is BoringSSLError: return "its certificate is not one that is trusted here"
        case is NIOSSLExtraError: return "its certificate is for another host"
        case ChannelError.connectTimeout: return "nothing answers there"
        case is ChannelError: return "the connection failed"
        default:
            let words = "\(error)"
            if words.contains("refused") { return "nothing answers there" }
            return words.localizedCaseInsensitiveContains("ssl")
                ? "its certificate is not one that is trusted here" : "the connection failed"
        }
    }

    private static func failure(_ address: String, _ why: String) -> PackageError {
        PackageError(.download, "the package at \(ArchivePath.shown(withoutSecrets(address))) cannot be fetched: \(why)")
    }
}

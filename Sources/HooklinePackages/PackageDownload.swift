import Archive
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Fetches a `.hookpack` file over https.
package enum PackageDownload {
    private static let patience: TimeAmount = .seconds(60)
    private static let redirects = 5

    /// Whether a text is an address rather than a path.
    package static func isAddress(_ text: String) -> Bool { text.hasPrefix("https://") || text.hasPrefix("http://") }

    /// The bytes behind an address, at most as many as a package may have.
    ///
    /// Plain http is taken from this machine only: whoever sits between could swap the package.
    ///
    /// - Throws: `package.download`.
    package static func bytes(at address: String) async throws -> [UInt8] {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: patience)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let bytes = try await fetch(address, client)
            try await client.shutdown()
            return bytes
        } catch {
            try? await client.shutdown()
            throw error as? PackageError ?? failure(address, "\(error)")
        }
    }

    private static func fetch(_ address: String, _ client: HTTPClient) async throws -> [UInt8] {
        var place = address
        for _ in 0...redirects {
            try check(place)
            let response = try await client.execute(HTTPClientRequest(url: place), timeout: patience)
            if (300..<400).contains(response.status.code), let next = response.headers.first(name: "location"),
                let url = URL(string: next, relativeTo: URL(string: place))
            {
                place = url.absoluteString
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

    private static func check(_ place: String) throws(PackageError) {
        if place.hasPrefix("https://") { return }
        let host = URL(string: place)?.host() ?? ""
        guard place.hasPrefix("http://"), ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host) else {
            throw failure(place, "packages are fetched over https only")
        }
    }

    private static func failure(_ address: String, _ why: String) -> PackageError {
        PackageError(.download, "the package at \(address) cannot be fetched: \(why)")
    }
}

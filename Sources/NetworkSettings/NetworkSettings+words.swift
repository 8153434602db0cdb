import AsyncHTTPClient
import Foundation

/// What counts, in words: never a user or password of a proxy.
extension NetworkSettings {
    /// The way to an address: direct, or through which proxy, and which variable says so.
    ///
    /// - Throws: ``NetworkProblem`` for a variable that names no proxy.
    package func way(to url: String) throws(NetworkProblem) -> String {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return "direct" }
        if ProxyExceptions.isThisMachine(host) { return "\(host): direct, as always on this machine" }
        let isSecure = parts.scheme?.lowercased() == "https"
        guard let (name, value) = variable([isSecure ? "https_proxy" : "http_proxy", "all_proxy"]) else {
            return "\(host): direct; no variable names a proxy for it"
        }
        if let exceptions = variable(["no_proxy"]),
            let entry = ProxyExceptions(exceptions.value).entry(for: host, port: parts.port ?? (isSecure ? 443 : 80))
        {
            return "\(host): direct, since \(exceptions.name) has '\(Self.shown(entry))'; the proxy of \(name) does not count for it"
        }
        let proxy = try ProxyAddress(value, in: name)
        let authorization = proxy.proxy.authorization == nil ? "" : ", with the user that it names"
        return "\(host): through the proxy \(proxy.proxy.host):\(proxy.proxy.port) of \(name)\(authorization)"
    }

    /// Which certificates prove that a server is who it says.
    ///
    /// - Throws: ``NetworkProblem`` for a variable that leads to no certificate.
    package func certificates() throws(NetworkProblem) -> String {
        _ = try tls()
        var found: [String] = []
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
            found.append("the \(Self.certificates(in: file)?.count ?? 0) of SSL_CERT_FILE '\(Self.shown(file))'")
        }
        if let folder = environment["SSL_CERT_DIR"], !folder.isEmpty {
            found.append("the \(try Self.certificates(inFoldersOf: folder).count) of SSL_CERT_DIR '\(Self.shown(folder))'")
        }
        return found.isEmpty ? "those of the system" : "\(found.joined(separator: " and ")), in place of the system's"
    }
}

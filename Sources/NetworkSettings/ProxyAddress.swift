import AsyncHTTPClient
import Foundation

/// The address of a proxy: `http://proxy.example.com:3128`, with a user and a password, or without a scheme.
struct ProxyAddress {
    let proxy: HTTPClient.Configuration.Proxy

    /// Reads the value of a variable, which may hold a password, so that no message quotes it.
    ///
    /// - Throws: ``NetworkProblem`` for anything but an address.
    init(_ text: String, in variable: String) throws(NetworkProblem) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let address = trimmed.contains("://") ? trimmed : "http://" + trimmed
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty, (1...65_535).contains(parts.port ?? 1)
        else {
            throw NetworkProblem("\(variable) is no address of a proxy, such as http://proxy.example.com:3128")
        }
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        switch parts.scheme?.lowercased() {
        case "http":
            let authorization = parts.user.map { HTTPClient.Authorization.basic(username: $0, password: parts.password ?? "") }
            proxy = .server(host: name, port: parts.port ?? 80, authorization: authorization)
        case "socks5", "socks5h", "socks":
            guard parts.user == nil else {
                throw NetworkProblem(
                    "\(variable) has a user for a SOCKS proxy, which Hookline cannot give; use a proxy without one, or http")
            }
            proxy = .socksServer(host: name, port: parts.port ?? 1080)
        default:
            throw NetworkProblem("\(variable) has a scheme other than http and socks5; calls stay encrypted through either of them")
        }
    }
}

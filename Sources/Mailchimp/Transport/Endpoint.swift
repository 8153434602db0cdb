import Foundation

/// Where an account's API lives: `https://us21.api.mailchimp.com/3.0`.
struct Endpoint: Sendable, Equatable {
    /// The base of every URL, without a slash at the end.
    let base: String

    /// The API in a data center.
    init(dataCenter: String) {
        base = "https://\(dataCenter).api.mailchimp.com/3.0"
    }

    /// A simulator or proxy.
    ///
    /// Plain `http` is allowed for this machine only: over a network it would reveal the credential.
    ///
    /// - Throws: ``MailchimpError``, `badBaseURL`, for anything but an `https` URL or an `http` URL of this machine.
    init(baseURL: String) throws(MailchimpError) {
        let allowed = "write it like https://us21.api.mailchimp.com/3.0"
        guard let parts = URLComponents(string: baseURL.trimmed), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            !host.isEmpty
        else { throw MailchimpError(.badBaseURL, "base_url is not a URL; \(allowed)") }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw MailchimpError(.badBaseURL, "base_url has more than a host, port and path; \(allowed)")
        }
        switch scheme {
        case "https": break
        case "http" where Self.isThisMachine(host): break
        case "http":
            throw MailchimpError(
                .badBaseURL,
                "base_url would send the credential unencrypted to \(host); use https://, or http:// with localhost, 127.0.0.1 or [::1]")
        default: throw MailchimpError(.badBaseURL, "base_url begins with \(scheme)://; use https://, or http:// on this machine")
        }
        if let port = parts.port, !(1...65_535).contains(port) {
            throw MailchimpError(.badBaseURL, "base_url has port \(port); ports are 1 to 65535")
        }
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        base = "\(scheme)://\(name)\(parts.port.map { ":\($0)" } ?? "")\(path)"
    }

    /// The absolute URL of a call.
    func url(of call: Call) -> String { base + call.target }

    private static func isThisMachine(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name == "::1" || name == "[::1]" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}

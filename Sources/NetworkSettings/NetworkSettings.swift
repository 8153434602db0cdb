import AsyncHTTPClient
import Foundation
import NIOSSL

/// What the environment says about the way out of this machine's network, as other programs read it: `HTTPS_PROXY`, `HTTP_PROXY`,
/// `ALL_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`, and `SSL_CERT_DIR`. Names in lower case go first.
package struct NetworkSettings: Sendable {
    let environment: [String: String]

    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
    }

    /// The proxy for an address; nil where the way is direct, as it always is to this machine.
    ///
    /// - Throws: ``NetworkProblem`` for a variable that names no proxy.
    package func proxy(for url: String) throws(NetworkProblem) -> HTTPClient.Configuration.Proxy? {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return nil }
        let isSecure = parts.scheme?.lowercased() == "https"
        guard !ProxyExceptions.isThisMachine(host) else { return nil }
        guard let (name, value) = variable([isSecure ? "https_proxy" : "http_proxy", "all_proxy"]) else { return nil }
        let exceptions = ProxyExceptions(variable(["no_proxy"])?.value ?? "")
        if exceptions.hold(host, port: parts.port ?? (isSecure ? 443 : 80)) { return nil }
        return try ProxyAddress(value, in: name).proxy
    }

    /// TLS with certificates of the system, or of `SSL_CERT_FILE` and `SSL_CERT_DIR` where they are set.
    ///
    /// - Throws: ``NetworkProblem`` for a variable that leads to no certificate.
    package func tls() throws(NetworkProblem) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        let file = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        let folder = environment["SSL_CERT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
        if file == nil, folder == nil { return tls }
        var certificates: [NIOSSLCertificate] = []
        if let file {
            guard let found = Self.certificates(in: file) else {
                throw NetworkProblem("SSL_CERT_FILE names '\(Self.shown(file))', which is no readable file of certificates")
            }
            certificates += found
        }
        if let folder { certificates += try Self.certificates(inFoldersOf: folder) }
        tls.trustRoots = .certificates(certificates)
        return tls
    }

    func variable(_ names: [String]) -> (name: String, value: String)? {
        for name in names.flatMap({ [$0, $0.uppercased()] }) {
            if let value = environment[name], !value.isEmpty { return (name, value) }
        }
        return nil
    }

    static func certificates(in file: String) -> [NIOSSLCertificate]? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
            let found = try? NIOSSLCertificate.fromPEMFile(file), !found.isEmpty
        else { return nil }
        return found
    }

    /// The certificates of folders separated by `:`, as OpenSSL reads the variable. Files that are no certificates do not count.
    static func certificates(inFoldersOf paths: String) throws(NetworkProblem) -> [NIOSSLCertificate] {
        var found: [NIOSSLCertificate] = []
        for folder in paths.split(separator: ":").map(String.init) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names.sorted() { found += certificates(in: folder + "/" + name) ?? [] }
        }
        guard !found.isEmpty else {
            throw NetworkProblem("SSL_CERT_DIR names '\(shown(paths))', in which there is no readable certificate")
        }
        return found
    }

    static func shown(_ path: String) -> String {
        String(path.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }
}

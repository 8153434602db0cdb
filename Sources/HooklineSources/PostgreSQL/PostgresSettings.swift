import Foundation
import HooklineCore
import PostgreSQL

/// How a source connects to its server.
package struct PostgresSettings {
    /// What libpq takes.
    let connection: ConnectionSettings
    /// The most seconds that connecting may take.
    let connectTimeout: Int
    /// `host:port/database`, for messages.
    let place: String
    package let host: String
    package let database: String
    package let user: String

    /// Variables that would send the connection to another server than the manifest names, or change what a table's name means there.
    private static let misleading = ["PGHOSTADDR", "PGSERVICE", "PGOPTIONS"]
    /// The files in which systems keep the certificates that they trust.
    private static let systemCertificates = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
        "/opt/homebrew/etc/ca-certificates/cert.pem", "/usr/local/etc/ca-certificates/cert.pem",
    ]

    /// - Throws: `sources.bad_connection` for a URL that is none, lacks a part, or is contradicted by the environment.
    package init(_ configuration: SourceConfiguration) throws(SourceError) {
        let server = configuration.server ?? DatabaseServer()
        func fault(_ message: String) -> SourceError { SourceError(.badConnection, at: .init(configuration.name), message) }
        if let name = Self.misleading.first(where: { ProcessInfo.processInfo.environment[$0]?.isEmpty == false }) {
            throw fault("the environment variable \(name) changes what is read behind the back of hookline.yaml; unset it")
        }
        var settings = ConnectionSettings()
        if let url = server.url {
            do throws(MalformedAddress) { settings = try ConnectionSettings(address: url.text) } catch {
                let what = error.unknownParameter.map { "has the parameter '\($0)', which PostgreSQL does not know: remove it" }
                throw fault(
                    "its `url` \(what ?? "is not a connection URL"); it looks like postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for an @ in the password"
                )
            }
            if settings["service"] != nil { throw fault("its `url` names a service file, which Hookline does not read; name the host") }
        } else {
            (settings["host"], settings["dbname"], settings["user"]) = (server.host, server.database, server.user)
            settings["port"] = server.port.map(String.init)
            settings["password"] = server.password?.text
        }
        for (keyword, part) in [("host", "host"), ("dbname", "database"), ("user", "user")] where settings[keyword]?.isEmpty ?? true {
            throw fault("its `url` has no \(part); it looks like postgres://USER:PASSWORD@HOST:PORT/DATABASE")
        }
        if let port = settings["port"], Int(port).map({ !(1...65_535).contains($0) }) ?? true {
            throw fault("the port in its `url` is not a number from 1 to 65535")
        }
        settings["port"] = settings["port"] ?? (configuration.kind == .redshift ? "5439" : "5432")
        if let encryption = server.encryption { settings["sslmode"] = encryption.rawValue }
        if let file = server.rootCertificates { settings["sslrootcert"] = file }
        let host = settings["host"] ?? ""
        settings["sslmode"] = settings["sslmode"] ?? (Self.isLocal(host) ? "prefer" : "verify-full")
        if settings["sslmode"]?.hasPrefix("verify") == true, settings["sslrootcert"] == nil || settings["sslrootcert"] == "system" {
            // libpq knows `system` only from version 16 on.
            guard let file = Self.systemCertificates.first(where: FileManager.default.fileExists) else {
                throw fault("this system has no file of trusted certificates where Hookline looks for one; set `sslrootcert`")
            }
            settings["sslrootcert"] = file
        }
        settings["client_encoding"] = "UTF8"
        settings["application_name"] = settings["application_name"] ?? "hookline"
        // Otherwise a server that is gone without a word keeps a run waiting for hours.
        for (keyword, value) in [("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3")] {
            settings[keyword] = settings[keyword] ?? value
        }
        (self.host, database, user) = (host, settings["dbname"] ?? "", settings["user"] ?? "")
        place = host.hasPrefix("/") ? "\(host)/\(database)" : "\(host):\(settings["port"] ?? "")/\(database)"
        connectTimeout = settings["connect_timeout"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? server.connectTimeout
        connection = settings
    }

    /// Whether the server is on this machine, so that nobody can listen on the way.
    private static func isLocal(_ host: String) -> Bool {
        host.hasPrefix("/") || host.hasPrefix("@") || ["localhost", "127.0.0.1", "::1"].contains(host)
    }

    /// What a saved plan depends on: which rows are read as whom. Nothing of a password.
    package static func identity(of configuration: SourceConfiguration) -> String {
        guard let settings = try? PostgresSettings(configuration) else { return "" }
        return "\(settings.user)@\(settings.place) \(configuration.server?.schema ?? "")"
    }
}

import Foundation
import HooklineCore

/// The drivers that tests read with.
package enum TestDriver {
    /// Why there is none.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    /// The kinds of sources that a driver reads.
    package static let kinds: [SourceConfiguration.Kind] = [.odbc, .adbc]

    /// The file of psqlodbc, the ODBC driver of PostgreSQL.
    ///
    /// - Throws: ``Missing``.
    package static var psqlodbc: String {
        get throws {
            let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib"))?.map { "/usr/lib/\($0)/odbc/psqlodbcw.so" }
            let others = ["/opt/homebrew/lib/psqlodbcw.so", "/usr/local/lib/psqlodbcw.so", "/usr/lib64/psqlodbcw.so"]
            guard let found = ((debian ?? []) + others).first(where: FileManager.default.fileExists) else {
                throw Missing(
                    description: "psqlodbc is missing: apt-get install unixodbc odbc-postgresql, or brew install unixodbc psqlodbc")
            }
            return found
        }
    }

    /// The folder of ADBC's drivers: what `HOOKLINE_ADBC` names, or what `make test` installed.
    ///
    /// - Throws: ``Missing``.
    package static var adbcFolder: String {
        get throws {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let named = ProcessInfo.processInfo.environment["HOOKLINE_ADBC"].map { [$0] } ?? []
            let folders = named + [root.appendingPathComponent(".tools/adbc").path]
            guard let found = folders.first(where: { FileManager.default.fileExists(atPath: "\($0)/adbc_driver_postgresql") }) else {
                throw Missing(description: "the drivers of ADBC are missing: make adbc installs them into .tools/adbc")
            }
            return found
        }
    }
}

extension PostgresSchema {
    /// A source that reads the schema through psqlodbc, or through ADBC's driver of PostgreSQL.
    package func source(through kind: SourceConfiguration.Kind) throws -> SourceConfiguration {
        var settings = DriverSettings()
        settings.schema = name
        settings.reader = BuiltProgram.path("jail-program")
        if kind == .adbc {
            settings.driver = "postgresql"
            settings.folder = try TestDriver.adbcFolder
            settings.url = HiddenText(url())
        } else {
            settings.driver = try TestDriver.psqlodbc
            settings.user = PostgresCluster.reader
            settings.password = HiddenText(PostgresCluster.password)
            settings.options = [
                .init("Server", "127.0.0.1"), .init("Port", "\(cluster.port)"), .init("Database", PostgresCluster.database),
                .init("SSLmode", "prefer"),
            ]
        }
        var source = SourceConfiguration(name: "shop", kind: kind)
        source.driver = settings
        return source
    }

    /// The URL of the server, with a user and a password.
    package func url(
        user: String = PostgresCluster.reader, password: String = PostgresCluster.password, port: Int? = nil
    ) -> String {
        let escaped = password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "postgresql://\(user):\(escaped)@127.0.0.1:\(port ?? cluster.port)/\(PostgresCluster.database)"
    }
}

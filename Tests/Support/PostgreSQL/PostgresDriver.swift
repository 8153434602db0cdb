import Foundation
import HooklineCore

/// psqlodbc, the ODBC driver of PostgreSQL.
package enum PostgresDriver {
    /// Why there is none.
    package struct Missing: Error, CustomStringConvertible {
        package let description = "psqlodbc is missing: apt-get install unixodbc odbc-postgresql, or brew install unixodbc psqlodbc"
    }

    /// The file of the driver.
    ///
    /// - Throws: ``Missing``.
    package static var path: String {
        get throws {
            let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib"))?.map { "/usr/lib/\($0)/odbc/psqlodbcw.so" }
            let others = ["/opt/homebrew/lib/psqlodbcw.so", "/usr/local/lib/psqlodbcw.so", "/usr/lib64/psqlodbcw.so"]
            guard let found = ((debian ?? []) + others).first(where: FileManager.default.fileExists) else { throw Missing() }
            return found
        }
    }
}

extension PostgresSchema {
    /// A source that reads the schema through psqlodbc.
    package var odbcSource: SourceConfiguration {
        get throws {
            var settings = ODBCSettings()
            settings.driver = try PostgresDriver.path
            settings.user = PostgresCluster.reader
            settings.password = HiddenText(PostgresCluster.password)
            settings.options = [
                .init("Server", "127.0.0.1"), .init("Port", "\(cluster.port)"), .init("Database", PostgresCluster.database),
                .init("SSLmode", "prefer"),
            ]
            settings.schema = name
            settings.reader = BuiltProgram.path("jail-program")
            var source = SourceConfiguration(name: "shop", kind: .odbc)
            source.odbc = settings
            return source
        }
    }
}

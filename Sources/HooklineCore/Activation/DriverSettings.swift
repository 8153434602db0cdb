/// How a source of type odbc or adbc connects, and what it reads.
package struct DriverSettings: Equatable, Sendable {
    /// A kind of server, by which the statements that only it knows are chosen.
    package enum Dialect: String, CaseIterable, Sendable {
        case postgres, redshift, snowflake, bigquery, databricks
    }

    /// One setting of a connection.
    package struct Option: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// One setting that nobody may see.
    package struct HiddenOption: Equatable, Sendable {
        package var name: String
        package var value: HiddenText

        package init(_ name: String, _ value: HiddenText) {
            self.name = name
            self.value = value
        }
    }

    /// The whole connection string, or for ADBC the `uri`; nil for a connection that is named by its parts.
    package var url: HiddenText?
    /// The name of a driver, or the path of its library.
    package var driver: String?
    /// For ODBC: the name of a data source on this machine.
    package var dsn: String?
    package var user: String?
    package var password: HiddenText?
    /// The driver's own settings.
    package var options: [Option] = []
    package var secrets: [HiddenOption] = []
    /// Nil to go by what the server calls itself.
    package var dialect: Dialect?
    /// Where tables without a schema are; nil for all schemas.
    package var schema: String?
    /// The most seconds that connecting may take.
    package var connectTimeout = 30
    /// The most milliseconds that a query may take; nil for the server's own limit.
    package var statementTimeout: Int?
    /// For ADBC: the folder with drivers, from `HOOKLINE_ADBC`.
    package var folder: String?
    /// The program that reads; nil for this one.
    package var reader: String?

    package init() {}
}

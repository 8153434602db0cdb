import Foundation
import HooklineCore
import PostgreSQL

/// A schema of a test's own, which a source reads as a user who may only read. It is dropped with its last reference.
package final class PostgresSchema {
    package let name: String
    package let cluster: PostgresCluster
    private let connection: Connection

    /// Makes a schema, and runs statements in it.
    package init(_ statements: String = "") throws {
        cluster = try PostgresCluster.shared
        name = "t\(UUID().uuidString.replacing("-", with: "").lowercased())"
        connection = try cluster.connect()
        try connection.execute(
            """
            CREATE SCHEMA \(name); GRANT USAGE ON SCHEMA \(name) TO \(PostgresCluster.reader); SET search_path TO \(name);
            ALTER DEFAULT PRIVILEGES IN SCHEMA \(name) GRANT SELECT ON TABLES TO \(PostgresCluster.reader)
            """)
        try execute(statements)
    }

    deinit { try? connection.execute("SET client_min_messages TO error; DROP SCHEMA \(name) CASCADE") }

    /// Runs statements as the owner of the schema.
    package func execute(_ statements: String) throws { try connection.execute(statements) }

    /// The rows of a query, as the owner of the schema.
    package func rows(_ query: String) throws -> [[String?]] { try connection.rows(query) }

    /// The server, over TCP, as the user who may only read.
    package var server: DatabaseServer {
        var server = DatabaseServer()
        (server.host, server.port, server.database) = ("127.0.0.1", cluster.port, PostgresCluster.database)
        (server.user, server.password) = (PostgresCluster.reader, HiddenText(PostgresCluster.password))
        server.schema = name
        return server
    }

    /// A source that reads the schema.
    package var source: SourceConfiguration {
        var source = SourceConfiguration(name: "shop", kind: .postgres)
        source.server = server
        return source
    }

    /// What an entry of `sources:` says after its type, with the password in `SHOP_DATABASE_PASSWORD`.
    package var manifestKeys: String {
        "host: 127.0.0.1, port: \(cluster.port), database: \(PostgresCluster.database), user: \(PostgresCluster.reader), "
            + "password: \"${env:SHOP_DATABASE_PASSWORD}\", schema: \(name)"
    }

    /// A text as a statement has it.
    package static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    /// A name as a statement has it.
    package static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}

import HooklineCore

/// The keys of sources that are servers.
enum ServerShape {
    static let postgres = table("a postgres source", "postgres", port: "5432")
    static let redshift = table("a redshift source", "redshift", port: "5439")

    private static func table(_ title: String, _ type: String, port: String) -> KeyTable {
        let keys: [KeyTable.Key] = [
            KeyTable.Key("type", .choice([type]), "The type of source or destination.", required: true),
            KeyTable.Key(
                "url", .secret(.server), "The whole connection, postgres://USER:PASSWORD@HOST:PORT/DATABASE, instead of its parts."),
            KeyTable.Key("host", .resolved(.some), "The server's name or address, or the folder of its Unix socket."),
            KeyTable.Key("port", .integer(1...65_535), "The server's port.", defaultValue: port),
            KeyTable.Key("database", .resolved(.some), "The database."),
            KeyTable.Key("user", .resolved(.some), "The user, who should have no right but to read."),
            KeyTable.Key("password", .secret(.password), "The user's password; by default, PGPASSWORD or ~/.pgpass, as for psql."),
            KeyTable.Key(
                "sslmode", .choice(DatabaseServer.Encryption.allCases.map(\.rawValue)),
                "How the connection is encrypted and the server proves who it is.",
                defaultValue: "verify-full; on this machine, prefer"),
            KeyTable.Key(
                "sslrootcert", .resolved(.path), "The file with the certificates that may sign the server's; by default, the system's."),
            KeyTable.Key("connect_timeout", .integer(1...600), "The most seconds that connecting may take.", defaultValue: "10"),
            KeyTable.Key(
                "statement_timeout", .text(.statementTimeout), "The most time that the query may take on the server, such as 10m."),
            KeyTable.Key("schema", .text(.some), "The schema of tables that name none; by default, the user's search path."),
        ]
        let parts = ["host", "port", "database", "user", "password"]
        return KeyTable(
            title, type: type, keys + [WorkspaceShape.pushDown] + WorkspaceShape.valueKeys, exactlyOne: [["url", "host"]],
            atMostOne: parts.dropFirst().map { ["url", $0] })
    }
}

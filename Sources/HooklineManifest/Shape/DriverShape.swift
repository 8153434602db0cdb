import HooklineCore

/// The keys of sources that a driver reads.
enum DriverShape {
    static let odbc = KeyTable(
        "an odbc source", type: "odbc",
        [
            KeyTable.Key("type", .choice(["odbc"]), "The type of source or destination.", required: true),
            KeyTable.Key("url", .secret(.server), "The whole connection string, Driver={NAME};Server=HOST;…, instead of its parts."),
            KeyTable.Key("driver", .resolved(.some), "The name of a driver on this machine, or the path of its library."),
            KeyTable.Key("dsn", .resolved(.some), "The name of a data source on this machine, instead of a driver."),
            KeyTable.Key("user", .resolved(.some), "The user (UID), who should have no right but to read."),
            KeyTable.Key("password", .secret(.password), "The user's password (PWD)."),
        ] + common + [WorkspaceShape.pushDown] + WorkspaceShape.valueKeys, exactlyOne: [["url", "driver", "dsn"]],
        atMostOne: ["user", "password", "options", "secrets"].map { ["url", $0] })

    static let adbc = KeyTable(
        "an adbc source", type: "adbc",
        [
            KeyTable.Key("type", .choice(["adbc"]), "The type of source or destination.", required: true),
            KeyTable.Key(
                "driver", .resolved(.some), "The name of a driver, such as snowflake, or the path of its library.", required: true),
            KeyTable.Key("url", .secret(.server), "The whole connection, for drivers that take one (uri)."),
            KeyTable.Key("user", .resolved(.some), "The user (username), who should have no right but to read."),
            KeyTable.Key("password", .secret(.password), "The user's password (password)."),
        ] + common + WorkspaceShape.valueKeys, atMostOne: [["url", "password"]])

    private static let common = [
        KeyTable.Key("options", .named(.optionName, .resolved(.some)), "The driver's own settings, such as Server: db.example.com."),
        KeyTable.Key("secrets", .named(.optionName, .secret(.password)), "The driver's settings that nobody may see, such as tokens."),
        KeyTable.Key(
            "dialect", .choice(DriverSettings.Dialect.allCases.map(\.rawValue)),
            "The kind of server; by default, by the name that it gives itself."),
        KeyTable.Key("schema", .text(.some), "The schema of tables that name none; by default, the one that has the table."),
        KeyTable.Key("connect_timeout", .integer(1...600), "The most seconds that connecting may take.", defaultValue: "30"),
        KeyTable.Key("statement_timeout", .text(.statementTimeout), "The most time that the query may take, such as 10m."),
    ]
}

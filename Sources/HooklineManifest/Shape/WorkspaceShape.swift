import HooklineCore

/// The keys of `hookline.yaml`.
enum WorkspaceShape {
    static let file = Shape.table(
        KeyTable(
            "a workspace",
            [
                KeyTable.Key("hookline", .formatVersion, "The version of this file's format.", required: true),
                KeyTable.Key("state", .resolved(.state), "The ledger's location.", defaultValue: "sqlite:.hookline/ledger.db"),
                KeyTable.Key("sources", .named(.name, source), "Where rows come from."),
                KeyTable.Key("destinations", .named(.name, destination), "Mailchimp accounts, each with one audience."),
                KeyTable.Key("models", .named(.name, .sharedModel), "Models that activations share."),
                KeyTable.Key("segments", .named(.name, segment), "Segments that activations share."),
                KeyTable.Key("activations", .named(.activationName, activation), "Settings for individual activations."),
                KeyTable.Key("notify", .table(notify), "Who hears about failures, pauses and warnings."),
            ]))

    static let source = Shape.typed([
        KeyTable(
            "a csv source", type: "csv",
            [
                type("csv"), path,
                KeyTable.Key("delimiter", .text(.delimiter), "The field separator: one ASCII character, or tab.", defaultValue: ","),
                KeyTable.Key(
                    "escape", .choice(FileFormat.Escape.allCases.map(\.rawValue)),
                    "How a quote inside a quoted field is written: doubled, or after a backslash.", defaultValue: "double"),
            ] + fileKeys + valueKeys),
        KeyTable("a jsonl source", type: "jsonl", [type("jsonl"), path] + fileKeys + valueKeys),
        KeyTable("a sqlite source", type: "sqlite", [type("sqlite"), path, pushDown] + valueKeys),
        DuckDBShape.source, ServerShape.postgres, ServerShape.redshift, DriverShape.odbc, DriverShape.adbc,
    ])

    private static func type(_ name: String) -> KeyTable.Key {
        KeyTable.Key("type", .choice([name]), "The type of source or destination.", required: true)
    }

    /// The keys that say how a file's bytes become text.
    private static let fileKeys: [KeyTable.Key] = [
        KeyTable.Key(
            "encoding", .choice(FileFormat.Encoding.allCases.map(\.rawValue)), "How its characters are encoded.", defaultValue: "utf-8"),
        KeyTable.Key(
            "skip_lines", .integer(0...1_000), "How many lines to skip before the header, or before the first object.", defaultValue: "0"),
    ]

    /// The keys that say how text becomes values.
    static let valueKeys: [KeyTable.Key] = [
        KeyTable.Key("null_values", .list(.text(.some)), "Texts that mean NULL, such as NULL, \\N, or n/a; empty text always does."),
        KeyTable.Key("trim", .boolean, "Whether white space around text is removed.", defaultValue: "true"),
        KeyTable.Key("timezone", .text(.timezone), "The IANA time zone of times without a zone; by default, the activation's."),
    ]

    static let pushDown = KeyTable.Key(
        "push_down", .boolean, "Whether the source evaluates rules itself, so that rows they do not pick need not be read.",
        defaultValue: "true")

    private static let path = KeyTable.Key("path", .resolved(.path), "The file, relative to the workspace.", required: true)

    static let destination = Shape.typed([
        KeyTable(
            "a mailchimp destination", type: "mailchimp",
            [
                type("mailchimp"),
                KeyTable.Key("api_key", .secret(.key), "A Marketing API key; its suffix names the data center."),
                KeyTable.Key("access_token", .secret(.key), "An OAuth2 access token, instead of a key."),
                KeyTable.Key("base_url", .resolved(.httpAddress), "The API's address including /3.0, for the simulator or a proxy."),
                KeyTable.Key("audience", .resolved(.some), "The ID of the audience that every segment belongs to.", required: true),
                KeyTable.Key("connections", .integer(1...10), "The most connections open at once.", defaultValue: "9"),
                KeyTable.Key("defaults", .table(defaults), "Values for activations that don't set their own."),
            ], exactlyOne: [["api_key", "access_token"]])
    ])

    static let defaults = KeyTable(
        "the defaults of a destination",
        [
            KeyTable.Key("email", .text(.field), "The field with the email address."),
            KeyTable.Key("consent", .condition, "What every row of an address must satisfy, for activations that don't say it themselves."),
        ] + Shape.scheduleKeys
            + [KeyTable.Key("safeguards", .safeguards, "Limits that stop a run before anything is sent.")],
        atMostOne: [Schedule.keys])

    static let segment = Shape.table(
        KeyTable(
            "a workspace segment",
            [
                KeyTable.Key("name", .text(.segmentName), "The segment's name, which is also its name in Mailchimp.", required: true),
                KeyTable.Key(
                    "model", .either(.text(.name), or: .sharedModel),
                    "The rows that it picks from: the name of a workspace model, or a model with its source.", required: true),
                KeyTable.Key("where", .condition, "Which rows belong; all rows when absent."),
                KeyTable.Key("limit", .table(ConditionShape.limit), "How many of those rows stay in, and which."),
            ]))

    static let activation = Shape.table(
        KeyTable(
            "the settings of an activation",
            [
                KeyTable.Key("params", .named(.parameterName, .parameterValue), "Values for its parameters."),
                KeyTable.Key("bind", .table(binding), "What the names in its package refer to in this workspace."),
            ]))

    static let binding = KeyTable(
        "a binding",
        [
            KeyTable.Key("source", .text(.name), "The workspace's source of its rows."),
            KeyTable.Key("table", .text(.some), "The table of a database source."),
            KeyTable.Key("sql", .text(.query), "The query of a database source, instead of a table."),
            KeyTable.Key("fields", .named(.field, ColumnShape.boundField), "The source's columns, by the package's field names."),
            KeyTable.Key("destination", .text(.name), "The workspace's destination."),
            KeyTable.Key("segment", .text(.segmentName), "The name of its segment in Mailchimp."),
            Shape.badValuePolicy,
            KeyTable.Key(
                "lookups", .named(.some, .text(.some)),
                "The workspace's files that replace the package's files in lookups/, by their names there."),
        ], atMostOne: [["table", "sql"]])

    static let notify = KeyTable(
        "notify",
        [
            KeyTable.Key(
                "webhook", .secret(.key), "The URL for notifications.", inert: "this version of Hookline sends no notifications")
        ])
}

import HooklineCore

/// Shapes that `hookline.yaml` and `activation.yaml` share.
extension Shape {
    static let formatVersion = Shape.text(.formatVersion)

    static let model = Shape.table(KeyTable("a model", modelKeys, atMostOne: [["table", "sql"]]))
    static let sharedModel = Shape.table(
        KeyTable(
            "a workspace model",
            [KeyTable.Key("source", .text(.name), "The source of the rows.", required: true)] + modelKeys,
            atMostOne: [["table", "sql"]]
        ))

    private static let modelKeys: [KeyTable.Key] = [
        KeyTable.Key("table", .text(.some), "The table of a database source; a file source is one table."),
        KeyTable.Key("sql", .text(.query), "The query of a database source, instead of a table."),
        KeyTable.Key("primary_key", primaryKey, "The column that identifies a row; messages name rows by it."),
        KeyTable.Key("expect", expectations, "What must be true of the source before anybody enters or leaves."),
        KeyTable.Key("probe", probe, "What shows that the source has not changed, so that a run need not read it."),
        KeyTable.Key("columns", .named(.field, ColumnShape.column), "The types of columns, and how their values are written."),
        KeyTable.Key(
            "calculated", .named(.field, .either(.text(.expression), or: .table(aggregate))),
            "Calculated fields: SQL expressions over the columns of the row, or what is made of related rows."),
        KeyTable.Key("relations", .named(.name, .table(relation)), "Models of the workspace whose rows belong to this model's rows."),
        badValuePolicy,
        KeyTable.Key(
            "one_row_per", .text(.field),
            "What identifies a user: email, or a field. Of several rows for one user, 'keep' says which counts."),
        KeyTable.Key(
            "keep", .either(.choice(["first", "last"]), or: .table(newest)),
            "Which of a user's rows counts: the first, the last, or the newest by a field."),
    ]

    private static let aggregate = KeyTable("a field made of related rows", ConditionShape.aggregateKeys)

    private static let relation = KeyTable(
        "a relation",
        [
            KeyTable.Key("model", .text(.name), "The workspace model of the related rows.", required: true),
            KeyTable.Key(
                "on", .named(.field, .text(.field)), "The field of this model, and the field of the related model with the same values.",
                required: true),
        ])

    private static let newest = KeyTable(
        "which row is kept",
        [KeyTable.Key("newest", .text(.field), "The row with the greatest value of this field counts.", required: true)])

    static let badValuePolicy = KeyTable.Key(
        "on_bad_value", .choice(Model.BadValuePolicy.allCases.map(\.rawValue)),
        "What to do with a value that does not fit the type of its column.", defaultValue: "error")

    static let safeguards = Shape.table(
        KeyTable(
            "the safeguards",
            [
                KeyTable.Key(
                    "max_removed", .text(.limit), "The most users that may leave in one run, or the largest share of the members.",
                    defaultValue: "50%"),
                KeyTable.Key("max_added", .text(.limit), "The most users that may enter in one run, or the largest share of the members."),
                KeyTable.Key(
                    "max_shrunk", .text(.limit), "How many fewer rows the source may have than in the last run, or what share.",
                    defaultValue: "50%"),
                KeyTable.Key(
                    "min_size", .integer(0...1_000_000_000), "The fewest members that the segment may have after a run.", defaultValue: "0"),
                KeyTable.Key(
                    "allow_empty_source", .boolean, "Whether a source without rows may empty the segment.", defaultValue: "false"),
                KeyTable.Key(
                    "on_script_error", .choice(Safeguards.ScriptErrorPolicy.allCases.map(\.rawValue)),
                    "What to do with a user whose script fails: stop the run, drop the user, or keep the user.",
                    defaultValue: "fail"),
                KeyTable.Key(
                    "max_script_errors", .integer(0...1_000_000_000), "The most script errors in one run that drop and keep tolerate.",
                    defaultValue: "100"),
            ]))

    /// The ways to say when an activation runs, and its time zone, for an activation and for the defaults of a destination.
    static let scheduleKeys: [KeyTable.Key] = [
        KeyTable.Key("schedule", .text(.cron), "When to run: a cron line in its time zone.", inert: noScheduler),
        KeyTable.Key("every", .text(.interval), "How often to run, such as 15m, instead of a cron line.", inert: noScheduler),
        KeyTable.Key(
            "at", .oneOrMany(.table(weeklyTime)), "Times of the day, on days of the week, in its time zone.", inert: noScheduler),
        KeyTable.Key("after", .text(.name), "Another activation: runs each time when that one is done.", inert: noScheduler),
        KeyTable.Key("timezone", .text(.timezone), "The IANA time zone of the schedule and of `today`.", defaultValue: "UTC"),
    ]

    private static let weeklyTime = KeyTable(
        "a time of the week",
        [
            KeyTable.Key("days", .oneOrMany(.choice(WeeklyTime.dayNames)), "The days; every day without it."),
            KeyTable.Key("time", .text(.timeOfDay), "The time, such as \"09:00\".", required: true),
        ])

    private static let noScheduler = "this version of Hookline starts no runs by itself; use cron or another scheduler"
}

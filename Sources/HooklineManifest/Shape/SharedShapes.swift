import HooklineCore

/// Shapes that both files use.
extension Shape {
    static let formatVersion = Shape.text(.formatVersion)

    static let model = Shape.table(KeyTable("a model", modelKeys, atMostOne: [["table", "sql"]]))
    static let sharedModel = Shape.table(
        KeyTable(
            "a model of the workspace",
            [KeyTable.Key("source", .text(.name), "The source that the rows come from.", required: true)] + modelKeys,
            atMostOne: [["table", "sql"]]
        ))

    private static let modelKeys: [KeyTable.Key] = [
        KeyTable.Key("table", .text(.some), "The table of a database source; a file is the table itself."),
        KeyTable.Key("sql", .text(.query), "The query of a database source, instead of a table."),
        KeyTable.Key("primary_key", .text(.field), "The column that tells rows apart; messages name rows by it."),
        KeyTable.Key("columns", .named(.field, ColumnShape.column), "Types of columns, for sources that carry none or another one."),
        KeyTable.Key("calculated", .named(.field, .text(.expression)), "Calculated fields: SQL expressions over the row's own columns."),
        badValuePolicy,
        KeyTable.Key(
            "one_row_per", .text(.field),
            "What makes rows one user: email, or a field. Of several rows with the same one, 'keep' says which counts."),
        KeyTable.Key(
            "keep", .either(.choice(["first", "last"]), or: .table(newest)),
            "Which row counts of several with the same 'one_row_per': first, last, or the newest by a field."),
    ]

    private static let newest = KeyTable(
        "which row is kept",
        [KeyTable.Key("newest", .text(.field), "The field whose greatest value tells the row that counts.", required: true)])

    static let badValuePolicy = KeyTable.Key(
        "on_bad_value", .choice(Model.BadValuePolicy.allCases.map(\.rawValue)),
        "What to do with a value that does not fit its column's type.", defaultValue: "error")

    static let safeguards = Shape.table(
        KeyTable(
            "the safeguards",
            [
                KeyTable.Key(
                    "max_removed", .text(.limit), "At most so many users, or such a share of the members, may leave in one run.",
                    defaultValue: "50%"),
                KeyTable.Key("max_added", .text(.limit), "At most so many users, or such a share of the members, may enter in one run."),
                KeyTable.Key(
                    "max_shrunk", .text(.limit), "The source may have so many rows fewer than at the last run, or such a share.",
                    defaultValue: "50%"),
                KeyTable.Key("min_size", .integer(0...1_000_000_000), "The segment keeps at least so many members.", defaultValue: "0"),
                KeyTable.Key(
                    "allow_empty_source", .boolean, "Whether a source without any row may empty the segment.", defaultValue: "false"),
                KeyTable.Key(
                    "on_script_error", .choice(Safeguards.ScriptErrorPolicy.allCases.map(\.rawValue)),
                    "What a script error does to the run.",
                    defaultValue: "fail"),
                KeyTable.Key(
                    "max_script_errors", .integer(0...1_000_000_000), "How many script errors drop and keep forgive in one run.",
                    defaultValue: "100"),
            ]))

    /// The two ways to say when, and where that is; an activation and the defaults of a destination have them.
    static let scheduleKeys: [KeyTable.Key] = [
        KeyTable.Key("schedule", .text(.cron), "When it runs by itself: a cron line, in its time zone."),
        KeyTable.Key("every", .text(.interval), "When it runs by itself: an interval such as 15m, instead of a cron line."),
        KeyTable.Key("timezone", .text(.timezone), "The IANA time zone of the schedule and of today.", defaultValue: "UTC"),
    ]
}

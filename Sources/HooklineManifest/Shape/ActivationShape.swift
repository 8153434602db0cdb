import HooklineCore

/// The keys of `activation.yaml`.
enum ActivationShape {
    static let file = Shape.table(
        KeyTable(
            "an activation",
            [
                KeyTable.Key("hookline", .formatVersion, "The version of this file's format.", required: true),
                KeyTable.Key(
                    "name", .text(.activationName), "The activation's name, which is also its folder's name in activations/.",
                    required: true),
                KeyTable.Key("version", .text(.version), "The package's version.", defaultValue: "0.0.0"),
                KeyTable.Key("description", .text(.sentence), "What it is for."),
                KeyTable.Key("requires", .text(.requirement), "The earliest Hookline that can run it, such as hookline >= 0.1.0."),
                KeyTable.Key(
                    "api", .integer(1...1_000), "The version of the hooks that its scripts are written for.", defaultValue: "1"),
                KeyTable.Key("parameters", .named(.parameterName, .table(parameter)), "Values that a workspace may set."),
                KeyTable.Key("source", .text(.name), "The workspace's source of the rows."),
                KeyTable.Key(
                    "fields", .named(.field, ColumnShape.field),
                    "The fields that it needs from the source, with their types; it sees no others."),
                KeyTable.Key(
                    "model", .either(.text(.name), or: .model),
                    "The rows that represent users, or the name of a workspace model, which includes its source."),
                KeyTable.Key(
                    "segment", .either(.text(.name), or: .table(segment)),
                    "The segment, or the name of a workspace segment, which includes its model.", required: true),
                KeyTable.Key(
                    "consent", .condition,
                    "What every row of an address must satisfy; an address with a row that does not stays out, whatever its other rows say."
                ),
                KeyTable.Key("destination", .text(.name), "The workspace's destination.", required: true),
                KeyTable.Key("mapping", .table(mapping), "The fields that Mailchimp receives."),
                KeyTable.Key("hooks", .oneOrMany(.text(.packageFile)), "The package's Lua scripts, in the order in which they run."),
            ] + Shape.scheduleKeys + [
                KeyTable.Key("safeguards", .safeguards, "Limits that stop a run before anything is sent."),
                KeyTable.Key("limits", .table(limits), "The resources that scripts may use."),
                KeyTable.Key("breakdown", .table(breakdown), "How the labels of a breakdown hook affect segments."),
                KeyTable.Key(
                    "on_drift", .choice(DriftPolicy.MemberAction.allCases.map(\.rawValue)),
                    "What to do when someone changed the members in Mailchimp.", defaultValue: "mend"),
                KeyTable.Key(
                    "on_rename", .choice(DriftPolicy.RenameAction.allCases.map(\.rawValue)),
                    "What to do when someone renamed the segment in Mailchimp.", defaultValue: "restore"),
                KeyTable.Key(
                    "reconcile", .text(.duration), "How often to read all members from Mailchimp even if nothing looks wrong, such as 7d.",
                    defaultValue: "1d"),
                KeyTable.Key(
                    "incremental", .boolean, "Whether rows that have not changed keep the hooks' verdict of an earlier run.",
                    defaultValue: "false"),
                KeyTable.Key(
                    "full_every", .text(.days), "After how many days all rows enter the hooks again, with incremental: true.",
                    defaultValue: "1d"),
                KeyTable.Key("ask_again", .table(askAgain), "How runs look for new contacts among those who were none."),
                KeyTable.Key(
                    "max_duration", .text(.duration), "How long a run may take, such as 30m; the next run continues one that was stopped."),
                KeyTable.Key(
                    "adopt", .boolean, "Whether the first run may take over an existing static segment of the same name in Mailchimp.",
                    defaultValue: "false"),
            ],
            atMostOne: [Schedule.keys]
        ))

    static let parameter = KeyTable(
        "a parameter",
        [
            KeyTable.Key("type", .choice(Parameter.Kind.allCases.map(\.rawValue)), "The type of its values.", required: true),
            KeyTable.Key("default", .parameterValue, "The value when none is set."),
            KeyTable.Key("required", .boolean, "Whether it must be set; true when there is no default."),
            KeyTable.Key("description", .text(.anything), "What it is for."),
            KeyTable.Key("values", .list(.text(.anything)), "The only values allowed; required for an enum."),
            KeyTable.Key("min", .text(.bound), "The smallest number or date, or the fewest characters of a text or values of a list."),
            KeyTable.Key("max", .text(.bound), "The largest number or date, or the most characters of a text or values of a list."),
        ])

    static let segment = KeyTable(
        "a segment",
        [
            KeyTable.Key(
                "name", .text(.segmentName), "The segment's name in Mailchimp, unless a name hook returns another.", required: true),
            KeyTable.Key("where", .condition, "Which rows of the model belong; all rows when absent."),
            KeyTable.Key("limit", .table(ConditionShape.limit), "How many of those rows stay in, and which."),
        ])

    static let mapping = KeyTable("the mapping", [KeyTable.Key("email", .text(.field), "The field with the email address.")])

    static let limits = KeyTable(
        "the limits",
        [
            KeyTable.Key("memory", .text(.memory), "Memory of the Lua machine.", defaultValue: "64MB"),
            KeyTable.Key("instructions", .integer(1_000...1_000_000_000_000), "Instructions per call of a hook.", defaultValue: "1000000"),
            KeyTable.Key("cpu", .text(.processorTime), "Processor time per batch of users.", defaultValue: "2s"),
            KeyTable.Key(
                "pattern_steps", .integer(1_000...1_000_000_000_000), "Pattern matcher steps per call.", defaultValue: "5000000"),
            KeyTable.Key("log_lines", .integer(0...1_000_000), "Log lines per run.", defaultValue: "1000"),
        ])

    static let askAgain = KeyTable(
        "asking again",
        [
            KeyTable.Key(
                "look_back", .text(.duration), "How long before the last look the list of changed contacts begins.", defaultValue: "1h"),
            KeyTable.Key(
                "everybody", .text(.duration), "In what time everybody is asked again, a few in each run.", defaultValue: "30d"),
        ])

    static let breakdown = KeyTable(
        "the breakdown",
        [
            KeyTable.Key(
                "delete_empty", .boolean, "Whether to delete the segment of a label that is gone, rather than empty it.",
                defaultValue: "false"),
            KeyTable.Key("max_segments", .integer(1...10_000), "The most labels in one run.", defaultValue: "50"),
        ])
}

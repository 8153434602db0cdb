import HooklineCore

/// The keys of `activation.yaml`.
enum ActivationShape {
    static let file = Shape.table(
        KeyTable(
            "an activation",
            [
                KeyTable.Key("hookline", .formatVersion, "The version of this file's format.", required: true),
                KeyTable.Key("name", .text(.activationName), "The activation's name; in activations/ also its folder's.", required: true),
                KeyTable.Key("version", .text(.version), "The package's version.", defaultValue: "0.0.0"),
                KeyTable.Key("description", .text(.sentence), "What it is for."),
                KeyTable.Key("requires", .text(.requirement), "The Hookline that it needs, such as hookline >= 0.1.0."),
                KeyTable.Key(
                    "api", .integer(1...1_000), "The number of the hooks' interface that its scripts are written for.", defaultValue: "1"),
                KeyTable.Key("parameters", .named(.parameterName, .table(parameter)), "Values that a workspace may set."),
                KeyTable.Key("source", .text(.name), "The source of the workspace that the rows come from."),
                KeyTable.Key(
                    "fields", .named(.field, ColumnShape.field),
                    "The fields of the source that it needs, with their types; it sees no others."),
                KeyTable.Key(
                    "model", .either(.text(.name), or: .model),
                    "The rows that stand for users, or the name of a model of the workspace, which brings its source."),
                KeyTable.Key(
                    "segment", .either(.text(.name), or: .table(segment)),
                    "The segment, or the name of a segment of the workspace, which brings its model.", required: true),
                KeyTable.Key(
                    "consent", .condition,
                    "What must hold of every row of an address, whatever other rows say; where it does not, the address stays out."),
                KeyTable.Key("destination", .text(.name), "The destination of the workspace.", required: true),
                KeyTable.Key("mapping", .table(mapping), "Which fields Mailchimp gets."),
                KeyTable.Key("hooks", .oneOrMany(.text(.packageFile)), "The Lua scripts of the package, in the order in which they run."),
            ] + Shape.scheduleKeys + [
                KeyTable.Key("safeguards", .safeguards, "What may stop a run before anything is sent."),
                KeyTable.Key("limits", .table(limits), "How much the scripts may use."),
                KeyTable.Key("breakdown", .table(breakdown), "What a breakdown hook's labels may do to the segments."),
                KeyTable.Key(
                    "on_drift", .choice(DriftPolicy.MemberAction.allCases.map(\.rawValue)),
                    "What to do when others changed the members in Mailchimp.", defaultValue: "mend"),
                KeyTable.Key(
                    "on_rename", .choice(DriftPolicy.RenameAction.allCases.map(\.rawValue)),
                    "What to do when somebody renamed the segment in Mailchimp.", defaultValue: "restore"),
                KeyTable.Key(
                    "reconcile", .text(.duration), "How often all members are read at Mailchimp, whether they look right or not: 7d."),
                KeyTable.Key("max_duration", .text(.duration), "A run that takes longer stops, and the next one goes on: 30m."),
                KeyTable.Key(
                    "adopt", .boolean, "Whether a first run may take over a static segment of the same name in Mailchimp.",
                    defaultValue: "false"),
            ],
            atMostOne: [["schedule", "every"]]
        ))

    static let parameter = KeyTable(
        "a parameter",
        [
            KeyTable.Key("type", .choice(Parameter.Kind.allCases.map(\.rawValue)), "What values it takes.", required: true),
            KeyTable.Key("default", .parameterValue, "The value when nobody sets one."),
            KeyTable.Key("required", .boolean, "Whether it must be set; true without a default."),
            KeyTable.Key("description", .text(.anything), "What it is for."),
            KeyTable.Key("values", .list(.text(.anything)), "The only values that it takes; an enum needs them."),
            KeyTable.Key("min", .text(.bound), "The least: of numbers and dates the value, of texts the characters, of lists the values."),
            KeyTable.Key("max", .text(.bound), "The most, in the same way."),
        ])

    static let segment = KeyTable(
        "a segment",
        [
            KeyTable.Key("name", .text(.segmentName), "The segment's name in Mailchimp, before a name hook.", required: true),
            KeyTable.Key("where", .condition, "Which rows of the model belong; all when absent."),
        ])

    static let mapping = KeyTable("the mapping", [KeyTable.Key("email", .text(.field), "The field that holds the address.")])

    static let limits = KeyTable(
        "the limits",
        [
            KeyTable.Key("memory", .text(.memory), "Memory of the scripts' virtual machine.", defaultValue: "64MB"),
            KeyTable.Key("instructions", .integer(1_000...1_000_000_000_000), "Instructions a call of a hook.", defaultValue: "1000000"),
            KeyTable.Key("cpu", .text(.processorTime), "Processor time a batch of users.", defaultValue: "2s"),
            KeyTable.Key(
                "pattern_steps", .integer(1_000...1_000_000_000_000), "Steps of the pattern matcher a call.", defaultValue: "5000000"),
            KeyTable.Key("log_lines", .integer(0...1_000_000), "Log lines a run.", defaultValue: "1000"),
        ])

    static let breakdown = KeyTable(
        "the breakdown",
        [
            KeyTable.Key(
                "delete_empty", .boolean, "Whether the segment of a label that vanished is deleted, rather than emptied.",
                defaultValue: "false"),
            KeyTable.Key("max_segments", .integer(1...10_000), "At most so many labels in one run.", defaultValue: "50"),
        ])
}

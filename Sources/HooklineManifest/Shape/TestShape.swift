import HooklineCore

/// The keys of the files in a package's `tests/`: each holds a list of tests.
enum TestShape {
    static let file = Shape.list(.table(test))

    private static let addresses = Shape.list(.text(.some))
    private static let addressesByLabel = Shape.named(.some, addresses)
    private static let counts = Shape.named(.some, .integer(0...1_000_000_000))

    static let test = KeyTable(
        "a test",
        [
            KeyTable.Key("test", .text(.some), "What must hold, as a sentence.", required: true),
            KeyTable.Key("sample", .text(.some), "The file in samples/ that it runs on; may be left out where there is one only."),
            KeyTable.Key("params", .named(.parameterName, .parameterValue), "Values of parameters, instead of the defaults."),
            KeyTable.Key("lookups", .named(.some, .text(.anything)), "Texts that stand for files in lookups/."),
            KeyTable.Key("now", .text(.moment), "The moment of the run.", defaultValue: "2026-01-01T00:00:00Z"),
            KeyTable.Key("seed", .integer(0...1_000_000_000), "What math.random starts from.", defaultValue: "0"),
            KeyTable.Key("members", addresses, "Addresses that are in the segment before."),
            KeyTable.Key("members_of", addressesByLabel, "Addresses that are in labels' segments before."),
            KeyTable.Key(
                "contacts", .oneOrMany(.text(.some)), "Who exists in the audience: all, or a list of addresses.", defaultValue: "all"),
            KeyTable.Key("expect", .table(expectation), "What must come of it.", required: true),
        ])

    static let expectation = KeyTable(
        "what a test expects",
        [
            KeyTable.Key("name", .text(.some), "The segment's name in Mailchimp."),
            KeyTable.Key("names", .named(.some, .text(.some)), "The names of labels' segments."),
            KeyTable.Key("added", addresses, "All addresses that enter, over all segments."),
            KeyTable.Key("removed", addresses, "All addresses that leave."),
            KeyTable.Key("members", addresses, "All addresses that are in the segment afterwards."),
            KeyTable.Key("members_of", addressesByLabel, "All addresses that are in labels' segments afterwards."),
            KeyTable.Key("dropped", counts, "All reasons for which filters drop users, with how many."),
            KeyTable.Key("buckets", .table(buckets), "Some of the report's buckets, such as no_email or duplicate."),
            KeyTable.Key("mapped", .named(.some, .named(.field, .text(.anything))), "Mapped fields of users, named by address or key."),
            KeyTable.Key("labels", addressesByLabel, "All labels, with the addresses of their users."),
            KeyTable.Key("log", .list(.text(.pattern)), "Texts that log lines hold, or /patterns/."),
            KeyTable.Key("warnings", .list(.text(.some)), "The codes of all warnings."),
            KeyTable.Key("error", .text(.pattern), "A text that the error holds, or /a pattern/."),
            KeyTable.Key("stopped", .text(.pattern), "A text that the reason to stop holds, or /a pattern/."),
            KeyTable.Key("report", .text(.pattern), "A text that the report hook's line holds after such a run, or /a pattern/."),
            KeyTable.Key("budget", .table(budget), "What the hooks may cost."),
            KeyTable.Key("snapshot", .boolean, "Whether all of it is held against what was recorded.", defaultValue: "false"),
        ])

    private static let buckets = KeyTable(
        "the buckets that a test expects",
        [
            ("in_segment", "In the segment."), ("dropped_by_rules", "The rules did not pick them."), ("no_email", "Without an address."),
            ("bad_email", "What stands for an address is none."), ("duplicate", "An earlier row has the same address."),
            ("not_a_contact", "Not among `contacts`."), ("bad_value", "A value did not fit, and the model says to drop such rows."),
        ].map { KeyTable.Key($0.0, .integer(0...1_000_000_000), $0.1) })

    private static let budget = KeyTable(
        "a budget",
        [
            KeyTable.Key(
                "instructions_per_user", .integer(1...1_000_000_000), "Instructions that the most expensive user of any hook may take.",
                required: true
            )
        ])
}

extension TextFormat {
    fileprivate static let pattern = TextFormat(
        "a text, or /a pattern/",
        mistake: { text in
            if text.isEmpty { return "a text that holds nothing is in every text: say what to look for" }
            guard text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else { return nil }
            return (try? Regex(String(text.dropFirst().dropLast()))) == nil ? "\(text) is no pattern: is a bracket left open?" : nil
        })

    fileprivate static let moment = TextFormat(
        "a moment: \(Timestamp.allowed)",
        mistake: { text in
            Timestamp.parse(text) == nil ? "'now' takes \(Timestamp.allowed), found '\(text)'" : nil
        })
}

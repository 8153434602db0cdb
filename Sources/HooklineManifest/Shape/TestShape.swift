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
            KeyTable.Key("test", .text(.some), "What must be true, as a sentence.", required: true),
            KeyTable.Key("sample", .text(.some), "The file in samples/ to run on; optional when there is only one."),
            KeyTable.Key("params", .named(.parameterName, .parameterValue), "Parameter values that replace the defaults."),
            KeyTable.Key("lookups", .named(.some, .text(.anything)), "Texts that replace files in lookups/."),
            KeyTable.Key("now", .text(.moment), "The time of the run.", defaultValue: "2026-01-01T00:00:00Z"),
            KeyTable.Key("seed", .integer(0...1_000_000_000), "The seed of math.random.", defaultValue: "0"),
            KeyTable.Key("members", addresses, "Addresses in the segment before the run."),
            KeyTable.Key("members_of", addressesByLabel, "Addresses in the segments of labels before the run."),
            KeyTable.Key(
                "contacts", .oneOrMany(.text(.some)), "The contacts of the audience: all, or a list of addresses.", defaultValue: "all"),
            KeyTable.Key("expect", .table(expectation), "The expected result.", required: true),
        ])

    static let expectation = KeyTable(
        "the expectation of a test",
        [
            KeyTable.Key("name", .text(.some), "The segment's name in Mailchimp."),
            KeyTable.Key("names", .named(.some, .text(.some)), "The names of the segments of labels in Mailchimp."),
            KeyTable.Key("added", addresses, "All addresses that enter any segment."),
            KeyTable.Key("removed", addresses, "All addresses that leave any segment."),
            KeyTable.Key("members", addresses, "All addresses in the segment after the run."),
            KeyTable.Key("members_of", addressesByLabel, "All addresses in the segments of labels after the run."),
            KeyTable.Key("dropped", counts, "All reasons for which filters drop users, with the number of users."),
            KeyTable.Key("buckets", .table(buckets), "Some buckets of the report, such as no_email or duplicate."),
            KeyTable.Key("mapped", .named(.some, .named(.field, .text(.anything))), "Mapped fields of users, by address or key."),
            KeyTable.Key("labels", addressesByLabel, "All labels with the addresses of their users."),
            KeyTable.Key("log", .list(.text(.pattern)), "Texts that log lines contain, or /patterns/."),
            KeyTable.Key("warnings", .list(.text(.some)), "The codes of all warnings."),
            KeyTable.Key("error", .text(.pattern), "A text that the error contains, or a /pattern/."),
            KeyTable.Key("stopped", .text(.pattern), "A text that the reason for stopping contains, or a /pattern/."),
            KeyTable.Key("report", .text(.pattern), "A text that the line of the report hook contains, or a /pattern/."),
            KeyTable.Key("budget", .table(budget), "What the hooks may cost."),
            KeyTable.Key("snapshot", .boolean, "Whether to compare the whole result with a recorded one.", defaultValue: "false"),
        ])

    private static let buckets = KeyTable(
        "the expected buckets",
        [
            ("in_segment", "In the segment."), ("dropped_by_rules", "Not picked by the rules."), ("no_email", "Without an address."),
            ("bad_email", "With an invalid address."), ("no_consent", "With an address of which a row does not consent."),
            ("duplicate", "With the address of an earlier row."),
            ("superseded", "Of a user of whom another row counts (`one_row_per`)."),
            ("not_a_contact", "Not among `contacts`."), ("bad_value", "With a value that did not fit, where the model drops such rows."),
        ].map { KeyTable.Key($0.0, .integer(0...1_000_000_000), $0.1) })

    private static let budget = KeyTable(
        "a budget",
        [
            KeyTable.Key(
                "instructions_per_user", .integer(1...1_000_000_000), "The most instructions that any hook may spend on one user.",
                required: true
            )
        ])
}

extension TextFormat {
    fileprivate static let pattern = TextFormat(
        "a text or a /pattern/",
        mistake: { text in
            if text.isEmpty { return "an empty text is found in every text; say what to look for" }
            guard text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else { return nil }
            return (try? Regex(String(text.dropFirst().dropLast()))) == nil
                ? "\(quoted(text)) is not a valid pattern; check its brackets" : nil
        })

    fileprivate static let moment = TextFormat(
        "a time: \(Timestamp.allowed)",
        mistake: { text in
            Timestamp.parse(text) == nil ? "'now' takes \(Timestamp.allowed), found \(quoted(text))" : nil
        })
}

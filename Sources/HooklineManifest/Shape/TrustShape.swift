import HooklineCore

/// The keys that say how far a model's source is trusted.
extension Shape {
    static let expectations = Shape.list(.table(expectation))

    static let probe = Shape.text(
        TextFormat("files, or a query that returns something else when the source changed", pattern: "files|[\\s\\S]*\\S\\s+\\S[\\s\\S]*"))

    static let primaryKey = Shape.either(
        .text(.field),
        or: .table(
            KeyTable(
                "a primary key",
                [
                    KeyTable.Key("field", .text(.field), "The column that identifies a row.", required: true),
                    KeyTable.Key(
                        "max_invalid", .text(.limit),
                        "The most rows, or the largest share of them, whose key is missing or repeats an earlier row's.",
                        defaultValue: "5%"),
                ])))

    /// The keys of which an expectation has exactly one.
    static let expectationKinds = ["not_null", "unique", "accepted", "fresh_within", "min_rows", "after_marker"]

    private static let expectation = KeyTable(
        "an expectation",
        [
            KeyTable.Key("not_null", .oneOrMany(.text(.field)), "Fields that have a value in every row."),
            KeyTable.Key("unique", .oneOrMany(.text(.field)), "Fields, each without a value that comes twice."),
            KeyTable.Key("accepted", .named(.field, .list(.text(.some))), "For each field, the only values that it may have."),
            KeyTable.Key("fresh_within", .text(.freshness), "How old the greatest time of a field may be: 26h by updated_at."),
            KeyTable.Key("min_rows", .integer(1...1_000_000_000), "The fewest rows that the source has."),
            KeyTable.Key(
                "after_marker", .text(.some), "What shows that the source is complete: a file, or a query that returns true or a time."),
            KeyTable.Key("within", .text(.duration), "How old the marker of after_marker may be."),
            KeyTable.Key(
                "severity", .choice(SourceExpectation.Severity.allCases.map(\.rawValue)),
                "What happens if it is not met: the run stops, or goes on with a warning.", defaultValue: "stop"),
        ], exactlyOne: [expectationKinds])
}

extension TextFormat {
    static let freshness = TextFormat(
        "a time in minutes, hours, or days, and a field: 26h by updated_at", pattern: "[1-9][0-9]{0,4}[mhd] +by +\\S[\\s\\S]*")
}

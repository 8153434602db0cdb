import HooklineCore

/// What may be said of a column: its type, or that and how its values are written.
enum ColumnShape {
    private static let types = Shape.choice(ColumnType.allCases.map(\.rawValue))

    /// Under `columns:` of a model.
    static let column = Shape.either(types, or: .table(KeyTable("a column", [type] + formatKeys)))

    /// Under `fields:` of a package.
    static let field = Shape.either(
        types,
        or: .table(
            KeyTable(
                "a field",
                [
                    type, KeyTable.Key("description", .text(.anything), "What it means."),
                    KeyTable.Key("optional", .boolean, "Whether a source may be without it; it is NULL then.", defaultValue: "false"),
                ] + formatKeys)))

    /// Under `bind: fields:` of a workspace.
    static let boundField = Shape.either(
        .text(.field),
        or: .table(
            KeyTable(
                "a bound field",
                [KeyTable.Key("column", .text(.field), "The source's column; the field's own name when absent.")] + formatKeys)))

    private static let type = KeyTable.Key("type", types, "The type of its values.", required: true)

    /// How values are written, where the type alone does not say.
    private static let formatKeys: [KeyTable.Key] = [
        KeyTable.Key(
            "format", .oneOrMany(.text(.timeFormat)),
            "The form of its times or days, or several, tried in order: \(listed(TimeFormat.names)), or a pattern such as %d/%m/%Y.",
            defaultValue: "iso"),
        KeyTable.Key("decimal", .choice([".", ","]), "The mark before the fraction of a number.", defaultValue: "."),
        KeyTable.Key(
            "thousands", .choice([",", ".", "'", " ", "_"]), "The mark between groups of three digits; none when absent."),
        KeyTable.Key("strip", .oneOrMany(.text(.some)), "Texts that are left out around a number, such as € or %."),
        KeyTable.Key("separator", .text(.some), "What stands between the items of a list; a list is a JSON array when absent."),
        KeyTable.Key("trim", .boolean, "Whether white space around text is left out; as the source says when absent."),
    ]
}

extension TextFormat {
    fileprivate static let timeFormat = TextFormat(
        "\(listed(TimeFormat.names)), or a pattern such as %d/%m/%Y",
        pattern: TimeFormat.names.joined(separator: "|") + "|[\\s\\S]*%[\\s\\S]*"
    ) { text in
        do throws(TimeMistake) {
            _ = try TimeFormat(text)
            return nil
        } catch {
            return "the format \(quoted(text)) \(error.message)"
        }
    }
}

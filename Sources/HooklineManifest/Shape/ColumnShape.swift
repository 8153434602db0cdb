import HooklineCore

/// The shape of a column: its type, or a mapping that also says how its values are written.
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
                    type, KeyTable.Key("description", .text(.anything), "What the field means."),
                    KeyTable.Key("optional", .boolean, "Whether the source may lack it; it is then NULL.", defaultValue: "false"),
                ] + formatKeys)))

    /// Under `bind: fields:` of a workspace.
    static let boundField = Shape.either(
        .text(.field),
        or: .table(
            KeyTable(
                "a bound field",
                [KeyTable.Key("column", .text(.field), "The source's column; by default, the field's own name.")] + formatKeys)))

    private static let type = KeyTable.Key("type", types, "The type of its values.", required: true)

    /// The keys that say how values are written, beyond the type.
    private static let formatKeys: [KeyTable.Key] = [
        KeyTable.Key(
            "format", .oneOrMany(.text(.timeFormat)),
            "The format of its times or days, or several that are tried in order: \(listed(TimeFormat.names)), or a pattern such as %d/%m/%Y.",
            defaultValue: "iso"),
        KeyTable.Key("decimal", .choice([".", ","]), "The mark before the fraction of a number.", defaultValue: "."),
        KeyTable.Key(
            "thousands", .choice([",", ".", "'", " ", "_"]), "The mark between groups of three digits; none by default."),
        KeyTable.Key("strip", .oneOrMany(.text(.some)), "Texts to remove around a number, such as € or %."),
        KeyTable.Key("separator", .text(.some), "What separates the items of a list; by default, a list is a JSON array."),
        KeyTable.Key("trim", .boolean, "Whether white space around text is removed; by default, as the source says."),
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

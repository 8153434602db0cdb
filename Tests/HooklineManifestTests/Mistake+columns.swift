import HooklineCore
import HooklineManifest

extension Mistake {
    private static let source = "source: shop"

    static let columnMistakes: [Mistake] = [
        .activation(
            "an unknown type", source, source + "\nmodel: { columns: { a: { type: money } } }",
            Finding("4:32", .wrongValue, "type", "money")
        ),
        .activation(
            "a column without a type", source, source + "\nmodel: { columns: { a: { decimal: ',' } } }",
            Finding("4:24", .missingKey, "type")),
        .activation(
            "a decimal mark for text", source, source + "\nmodel: { columns: { a: { type: text, decimal: ',' } } }",
            Finding("4:38", .conflictingKeys, "decimal")),
        .activation(
            "a time format for a number", source, source + "\nmodel: { columns: { a: { type: number, format: unix } } }",
            Finding("4:40", .conflictingKeys, "format")),
        .activation(
            "a separator for text", source, source + "\nmodel: { columns: { a: { type: text, separator: ';' } } }",
            Finding("4:38", .conflictingKeys, "separator")),
        .activation(
            "the same decimal and thousands mark", source, source + "\nmodel: { columns: { a: { type: number, thousands: '.' } } }",
            Finding("4:40", .conflictingKeys, ".", "decimal", "thousands")),
        .activation(
            "a year of two digits", source, source + "\nmodel: { columns: { a: { type: date, format: '%d/%m/%y' } } }",
            Finding("4:46", .wrongValue, "%d/%m/%y")),
        .activation(
            "a pattern without a day", source, source + "\nmodel: { columns: { a: { type: timestamp, format: [unix, '%H:%M'] } } }",
            Finding("4:58", .wrongValue, "%H:%M")),
        .activation(
            "an unknown format", source, source + "\nmodel: { columns: { a: { type: timestamp, format: epoch } } }",
            Finding("4:51", .wrongValue, "format", "epoch")),
        .activation(
            "one_row_per without keep", source, source + "\nmodel: { one_row_per: email }",
            Finding("4:10", .missingKey, "one_row_per", "keep")),
        .activation(
            "keep without one_row_per", source, source + "\nmodel: { keep: last }",
            Finding("4:10", .missingKey, "keep", "one_row_per")),
        .activation(
            "ignore_case with an operator that has no case", "{ name: VIP customers }",
            "{ name: VIP customers, where: { field: a, op: '>', value: 1, ignore_case: true } }",
            Finding("4:71", .conflictingKeys, "ignore_case", ">")),
        .activation(
            "a time format for a bound text field", source, source + "\nfields: { a: text }",
            Finding("!hookline.yaml:9:67", .conflictingKeys, "format"),
            workspace: MemoryFiles.goodWorkspace
                + "activations: { vip-customers: { bind: { fields: { a: { column: b, format: unix } } } } }\n"),
        .workspace(
            "an unknown time zone", "hookline: 1\nsources: { a: { type: jsonl, path: x, timezone: CET2 } }\n",
            Finding("2:49", .badTimezone, "CET2")
        ),
    ]
}

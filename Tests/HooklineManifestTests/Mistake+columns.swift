import HooklineCore
import HooklineManifest

extension Mistake {
    private static let source = "source: shop"

    static let columnMistakes: [Mistake] = [
        .activation(
            "a type that there is not", source, source + "\nmodel: { columns: { a: { type: money } } }",
            "4:32: 'type' takes text, integer, number, decimal, boolean, timestamp, date, json or list, found 'money' [manifest.wrong_value]"
        ),
        .activation(
            "a column without a type", source, source + "\nmodel: { columns: { a: { decimal: ',' } } }",
            "4:24: a column needs 'type' [manifest.missing_key]"),
        .activation(
            "a mark of numbers on text", source, source + "\nmodel: { columns: { a: { type: text, decimal: ',' } } }",
            "4:38: 'decimal' is for number or decimal columns, and this one is text; leave it out [manifest.conflicting_keys]"),
        .activation(
            "a form of times on a number", source, source + "\nmodel: { columns: { a: { type: number, format: unix } } }",
            "4:40: 'format' is for timestamp or date columns, and this one is number; leave it out [manifest.conflicting_keys]"),
        .activation(
            "a separator on text", source, source + "\nmodel: { columns: { a: { type: text, separator: ';' } } }",
            "4:38: 'separator' is for list columns, and this one is text; leave it out [manifest.conflicting_keys]"),
        .activation(
            "one mark for two things", source, source + "\nmodel: { columns: { a: { type: number, thousands: '.' } } }",
            "4:40: '.' cannot stand both before the fraction and between groups of digits; say both 'decimal' and 'thousands'"
                + " [manifest.conflicting_keys]"),
        .activation(
            "a year of two digits", source, source + "\nmodel: { columns: { a: { type: date, format: '%d/%m/%y' } } }",
            "4:46: the format '%d/%m/%y' has %y, whose year has two digits or none: nobody knows its century; use %Y, a year of four"
                + " [manifest.wrong_value]"),
        .activation(
            "a pattern without a day", source, source + "\nmodel: { columns: { a: { type: timestamp, format: [unix, '%H:%M'] } } }",
            "4:58: the format '%H:%M' makes no day: it needs %Y, a month (%m, %b or %B) and %d, or %Y and %j, or %s [manifest.wrong_value]"),
        .activation(
            "a form that there is not", source, source + "\nmodel: { columns: { a: { type: timestamp, format: epoch } } }",
            "4:51: 'format' takes iso, unix, unix_ms, excel, julian or epoch_days, or a pattern such as %d/%m/%Y, found 'epoch'"
                + " [manifest.wrong_value]"),
        .activation(
            "one row of several, nobody says which", source, source + "\nmodel: { one_row_per: email }",
            "4:10: 'one_row_per' needs 'keep': first, last or { newest: FIELD }, which of several rows counts [manifest.missing_key]"),
        .activation(
            "a row to keep of nothing", source, source + "\nmodel: { keep: last }",
            "4:10: 'keep' needs 'one_row_per': what makes rows one user [manifest.missing_key]"),
        .activation(
            "ignoring the case of what has none", "{ name: VIP customers }",
            "{ name: VIP customers, where: { field: a, op: '>', value: 1, ignore_case: true } }",
            "4:71: 'ignore_case' does not go with '>'; it goes with =, !=, in, not_in, contains, starts_with, ends_with or matches"
                + " [manifest.conflicting_keys]"),
        .activation(
            "a form for a field that is none of time", source, source + "\nfields: { a: text }",
            "!hookline.yaml:9:67: 'format' is for timestamp or date columns, and this one is text; leave it out [manifest.conflicting_keys]",
            workspace: MemoryFiles.goodWorkspace
                + "activations: { vip-customers: { bind: { fields: { a: { column: b, format: unix } } } } }\n"),
        .workspace(
            "a time zone that is none", "hookline: 1\nsources: { a: { type: jsonl, path: x, timezone: CET2 } }\n",
            "2:49: 'CET2' is not a time zone; allowed are IANA names such as Europe/Paris, and UTC [manifest.bad_timezone]"
        ),
    ]
}

import HooklineCore
import Text

extension RowsRead {
    /// Warnings about the rows.
    var warnings: [RunWarning] {
        (primaryKey?.warnings ?? []) + expectations.compactMap(\.warning) + aboutUsers + aboutValues
            + UnseenTexts.warnings(unseen, rows: rows)
    }

    /// Warnings about users with several rows.
    private var aboutUsers: [RunWarning] {
        var warnings: [RunWarning] = []
        if let first = cleaned.firstRow {
            warnings.append(
                RunWarning(
                    "email.cleaned",
                    "\(NumberText.counted(cleaned.count, "row has an address", "rows have addresses")) with invisible characters or wrapping such as 'mailto:', a name, or quotes,"
                        + " which were taken off; the first is row \(NumberText.grouped(first))"))
        }
        if differentEnds.count > 0, let first = differentEnds.firstRow {
            warnings.append(
                RunWarning(
                    "rows.different_ends",
                    "\(NumberText.counted(differentEnds.count, "address has", "addresses have")) rows that meet different ends, such as one kept and another dropped; row \(NumberText.grouped(first)) has the first."
                        + " The first kept row counts; to decide otherwise, set `consent:`, or `one_row_per:` of the model. `hookline explain NAME EMAIL` shows the rows"
                ))
        }
        if let first = unknownRefusals.firstRow {
            warnings.append(
                RunWarning(
                    "rows.unknown_refusals",
                    NumberText.counted(
                        unknownRefusals.count, "row does not consent, and the address in it cannot be read, so it keeps nobody out;",
                        "rows do not consent, and the addresses in them cannot be read, so they keep nobody out;")
                        + " the first is row \(NumberText.grouped(first)). Correct the addresses, or these people may be mailed"
                ))
        }
        if let first = unknownNewest.firstRow {
            warnings.append(
                RunWarning(
                    "rows.unknown_newest",
                    "\(NumberText.counted(unknownNewest.count, "user stays", "users stay")) out, because nobody knows which of their rows is the newest:"
                        + " a value is missing, or two different rows have the same; row \(NumberText.grouped(first)) is one of the first"))
        }
        return warnings
    }

    /// Warnings about values, with their columns.
    private var aboutValues: [RunWarning] {
        var warnings: [RunWarning] = []
        let unread = unreadable.reduce(0) { $0 + $1.count }
        if unread > 0 {
            warnings.append(
                RunWarning(
                    "source.values_nulled",
                    "\(NumberText.counted(unread, "value", "values")) did not fit and are unknown to the rules: \(Self.listed(unreadable))")
            )
        }
        if !nullWords.isEmpty {
            warnings.append(
                RunWarning(
                    "source.null_words",
                    "words such as NULL or n/a are text in columns that the rules test for NULL: \(Self.listed(nullWords))."
                        + " If they mean that there is no value, set `null_values:` of the source"))
        }
        return warnings
    }

    /// Columns with their counts, the first 20.
    private static func listed(_ counts: [ColumnCount]) -> String {
        let shown = counts.prefix(20).map { count in
            let name = ColumnNames.looksLikeValue(count.column) ? "a column" : "'\(count.column.onOneLine)'"
            return "\(NumberText.grouped(count.count)) in \(name)"
        }
        return shown.joined(separator: ", ") + (counts.count > 20 ? " and \(NumberText.grouped(counts.count - 20)) more columns" : "")
    }
}

extension HookHost {
    /// Warnings about the scripts.
    var planWarnings: [RunWarning] {
        let (count, samples) = forgivenErrors
        guard count > 0 else { return warnings }
        let errors = NumberText.counted(count, "script error was", "script errors were")
        return [RunWarning("hook.forgiven", "\(errors) forgiven:\(samples.map { "\n  " + $0 }.joined())")] + warnings
    }
}

extension SegmentPlan {
    /// The warning about a segment whose label vanished in this run; nil for any other.
    var vanishing: RunWarning? {
        let cause = key.label == nil ? "every row has a label now" : "no row has \(LabelText.shown(key.label)) anymore"
        let leavers = leaving == 1 ? "its one member leaves" : "its \(NumberText.grouped(leaving)) members leave"
        switch action {
        case .empty(let id) where leaving > 0:
            let hint = key.label == nil ? "" : ". To delete such segments: breakdown: { delete_empty: true }"
            return RunWarning("breakdown.vanished", "\(cause): segment \(id) stays, and \(leavers)\(hint)")
        case .delete(let id): return RunWarning("breakdown.vanished", "\(cause): segment \(id) is deleted, and \(leavers)")
        default: return nil
        }
    }
}

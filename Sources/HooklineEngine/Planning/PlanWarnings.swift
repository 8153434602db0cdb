import HooklineCore
import Text

extension RowsRead {
    /// Warnings about the rows.
    func warnings(primaryKey: String?) -> [RunWarning] {
        var warnings: [RunWarning] = []
        if repeatedKeys > 0, let primaryKey, let firstRepeatedKey {
            warnings.append(
                RunWarning(
                    "model.repeated_key",
                    "\(NumberText.grouped(repeatedKeys)) rows repeat the primary key '\(primaryKey)' of an earlier row, the first at row \(NumberText.grouped(firstRepeatedKey))"
                ))
        }
        if valuesNulled > 0 {
            warnings.append(
                RunWarning(
                    "source.values_nulled",
                    "\(NumberText.grouped(valuesNulled)) values did not fit their column and are unknown to the rules"))
        }
        if cleaned > 0, let firstCleaned {
            let rows = cleaned == 1 ? "1 row has an address" : "\(NumberText.grouped(cleaned)) rows have addresses"
            warnings.append(
                RunWarning(
                    "email.cleaned",
                    "\(rows) with invisible characters or wrapping such as 'mailto:', a name, or quotes, which were taken off; the first is row \(NumberText.grouped(firstCleaned))"
                ))
        }
        return warnings + UnseenTexts.warnings(unseen, rows: rows)
    }
}

extension HookHost {
    /// Warnings about the scripts.
    var planWarnings: [RunWarning] {
        let (count, samples) = forgivenErrors
        guard count > 0 else { return warnings }
        let errors = count == 1 ? "1 script error was" : "\(NumberText.grouped(count)) script errors were"
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

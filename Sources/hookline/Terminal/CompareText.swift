import HooklineCore
import HooklineEngine
import Text

/// A comparison for a terminal: counts, then the first users of each kind.
struct CompareText {
    let comparison: VersionComparison

    /// The most users of each kind that are shown.
    private static let shownLimit = 20

    var text: String {
        let rows = comparison.isComplete ? "" : "of the first \(NumberText.grouped(comparison.rows)) rows (--limit N compares more): "
        var lines = [
            "\(rows)\(count(comparison.entering)) would enter, \(count(comparison.leaving)) would leave, \(count(comparison.changing)) would change, "
                + "\(NumberText.grouped(comparison.unchanged)) stay as they are"
        ]
        lines += users("would enter", comparison.entering) + users("would leave", comparison.leaving)
        lines += users("would change", comparison.changing)
        for (label, names) in comparison.renamed.sorted(by: { $0.key < $1.key }) {
            lines.append("renamed\(label.isEmpty ? "" : ", label '\(label)'"): '\(names[0])' → '\(names[1])'".onOneLine)
        }
        lines += costs
        return lines.joined(separator: "\n")
    }

    private func count(_ changes: [VersionComparison.Change]) -> String { NumberText.grouped(changes.count) }

    private func users(_ what: String, _ changes: [VersionComparison.Change]) -> [String] {
        if changes.isEmpty { return [] }
        let shown = changes.prefix(Self.shownLimit).map { change in
            "  row \(NumberText.grouped(change.row))\(change.key.map { " (\($0))" } ?? ""): \(change.before) → \(change.after)".onOneLine
        }
        let more = changes.count - shown.count
        return ["\(what):"] + shown + (more > 0 ? ["  and \(NumberText.grouped(more)) more"] : [])
    }

    private var costs: [String] {
        let hooks = (comparison.costsBefore + comparison.costsAfter).map(\.hook)
        return ["map", "filter", "breakdown"].filter(hooks.contains).map { hook in
            let (before, after) = (mostExpensive(comparison.costsBefore, hook), mostExpensive(comparison.costsAfter, hook))
            return "most expensive user of \(hook): \(before) → \(after) instructions"
        }
    }

    private func mostExpensive(_ costs: [HookCost], _ hook: String) -> String {
        costs.filter { $0.hook == hook }.map(\.instructions).max().map(NumberText.grouped) ?? "–"
    }
}

import HooklineCore
import HooklineEngine
import Text

/// Rows and what the hooks did to them, for a terminal or a spreadsheet.
struct PreviewText {
    let fates: [RowFate]
    /// Whether the source has more rows.
    let isCut: Bool

    var table: String {
        let hasKeys = fates.contains { $0.key != nil }
        var table = TextTable(
            header: ["row"] + (hasKeys ? ["key"] : []) + ["verdict", "address", "mapped", "label", "log"], rightAligned: [0])
        for fate in fates {
            let fields = MappedFields(json: fate.mapping).sorted.filter { $0.name != "email" }
            table.add(
                [NumberText.grouped(fate.row)] + (hasKeys ? [fate.key ?? ""] : []) + [
                    verdict(fate), fate.address ?? "",
                    fields.map { "\($0.name)=\($0.value)" }.joined(separator: " "), fate.labels.joined(separator: ", "),
                    fate.log.joined(separator: " | "),
                ])
        }
        let kept = fates.count { $0.verdict == .kept }
        let cleaned = fates.count { $0.cleaned == true }
        return table.text() + "\n\(NumberText.grouped(kept)) of \(isCut ? "the first " : "")\(NumberText.grouped(fates.count)) rows kept"
            + (cleaned == 0 ? "" : "; addresses cleaned: \(NumberText.grouped(cleaned))")
            + (isCut ? "; --limit N shows more" : "")
    }

    var csv: String {
        let header = ["row", "key", "verdict", "reason", "address", "mapping", "labels", "log"]
        let rows = fates.map {
            [
                String($0.row), $0.key ?? "", $0.verdict.rawValue, $0.reason ?? "", $0.address ?? "", $0.mapping ?? "",
                $0.labels.joined(separator: ";"), $0.log.joined(separator: "\n"),
            ]
        }
        return ([header] + rows).map { $0.map(Self.cell).joined(separator: ",") }.joined(separator: "\n")
    }

    private func verdict(_ fate: RowFate) -> String { fate.verdict.rawValue + (fate.reason.map { ": \($0)" } ?? "") }

    /// Quoted where it must be (RFC 4180 §2), and made harmless where a spreadsheet would take it for a formula.
    private static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

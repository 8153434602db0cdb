import HooklineApp
import Text

/// How values are distributed over a segment, for a terminal.
struct SegmentBreakdownText {
    let breakdown: SegmentBreakdownOutput

    var text: String {
        var parts = [
            "\(breakdown.segment): \(NumberText.counted(breakdown.count, "user", "users")) of \(NumberText.grouped(breakdown.model)) in the model"
        ]
        parts += breakdown.fields.map(text)
        if breakdown.hooksSkipped { parts.append("the activation's hooks did not run") }
        return parts.joined(separator: "\n")
    }

    private func text(of field: SegmentBreakdownOutput.Field) -> String {
        var table = TextTable(header: [field.field, "users", "share", "model", "share", "index"], rightAligned: [1, 2, 3, 4, 5])
        func add(_ what: String, _ share: SegmentBreakdownOutput.Share) {
            table.add(
                what, NumberText.grouped(share.users), share.share.map(ShareText.percent) ?? "–", NumberText.grouped(share.model),
                share.modelShare.map(ShareText.percent) ?? "–", share.index.map(NumberText.grouped) ?? "–")
        }
        for value in field.top { add(value.value, value.share) }
        if field.others.model > 0 {
            let values = NumberText.grouped(field.otherValues)
            add(field.complete ? "(\(values) others)" : "(others, more than \(values))", field.others)
        }
        if field.null.model > 0 || field.null.users > 0 { add("(NULL)", field.null) }
        if field.unreadable.model > 0 { add("(unreadable)", field.unreadable) }
        return table.text(indent: "  ")
    }
}

import HooklineApp
import HooklineCore
import HooklineEngine
import Text

/// How many users a segment has, for a terminal.
struct SegmentCountText {
    let counted: SegmentCountOutput

    var text: String {
        let share = counted.share.map {
            ", \(ShareText.percent($0)) of the \(NumberText.counted(counted.model, "user", "users")) of the model"
        }
        var lines = ["\(counted.segment): \(NumberText.counted(counted.count, "user", "users"))\(share ?? "")"]
        var table = TextTable(rightAligned: [1])
        func add(_ what: String, _ number: Int) { table.add(what, NumberText.grouped(number)) }
        func addIfAny(_ what: String, _ number: Int) { if number > 0 { add(what, number) } }
        add("rows read", counted.rows)
        addIfAny("  rows superseded", counted.superseded)
        addIfAny("  rows with a bad value", counted.badValues)
        addIfAny("  rows without an address", counted.noAddress)
        addIfAny("  rows with a bad address", counted.badAddress)
        add("users of the model", counted.model)
        add("  dropped by rules", counted.model - counted.picked)
        if counted.asksConsent { add("  no consent", counted.noConsent) }
        add("in the segment", counted.count)
        lines.append(table.text(indent: "  "))
        if let limit = counted.limit { lines.append(LimitText.line(limit)) }
        if let explanation = counted.explanation { lines.append(text(of: explanation)) }
        if !counted.asksConsent {
            lines.append("no consent rule was asked: neither its activation nor the destination's defaults have one")
        }
        if counted.hooksSkipped { lines.append("the activation's hooks did not run: hookline plan \(counted.segment) counts with them") }
        return lines.joined(separator: "\n")
    }

    private func text(of explanation: SegmentCount.Explanation) -> String {
        if explanation.rules.isEmpty { return "no rules: everybody belongs" }
        let rows =
            "of \(NumberText.counted(explanation.rows, "row", "rows")) with an address"
            + (counted.asksConsent ? " and consent" : "") + ", the rules pick \(NumberText.grouped(explanation.met ?? explanation.picked))"
            + (explanation.met == nil ? "" : ", and the limit leaves \(NumberText.grouped(explanation.picked)) of those in")
        var table = TextTable(header: ["rule", "removes by itself", "without it", ""], rightAligned: [1, 2, 3])
        for (index, line) in explanation.rules.enumerated() {
            // What the rules do is counted before the limit, whose line is the last one.
            let isRule = index < explanation.rules.count - (explanation.met == nil ? 0 : 1)
            let change = line.without - (isRule ? explanation.met ?? explanation.picked : explanation.picked)
            table.add(
                String(repeating: "  ", count: line.depth) + line.rule, NumberText.grouped(line.removes), NumberText.grouped(line.without),
                change == 0 ? "±0" : change > 0 ? "+\(NumberText.grouped(change))" : NumberText.grouped(change))
        }
        return rows + ":\n" + table.text(indent: "  ")
    }
}

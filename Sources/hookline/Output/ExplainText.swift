import HooklineCore
import HooklineEngine

/// One user's way in words.
struct ExplainText {
    let explanation: Explanation

    var text: String {
        let parts = [
            ["\(explanation.address.onOneLine) and activation '\(explanation.activation)'"], source, mailchimp, ledger, next, history,
        ]
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var source: [String] {
        let read = explanation.rowsRead == 1 ? "1 row" : "\(Brakes.grouped(explanation.rowsRead)) rows"
        guard !explanation.rows.isEmpty else {
            return ["source '\(explanation.source)': no row has this address\(explanation.rowsRead > 0 ? " (\(read) read)" : "")"]
        }
        return ["source '\(explanation.source)'"] + explanation.rows.flatMap(row)
    }

    private func row(_ row: Explanation.Row) -> [String] {
        let key = row.key.map { " (key \($0.onOneLine))" } ?? ""
        let reason = row.reason.map { row.verdict == "duplicate" ? " \($0)" : ": \($0.onOneLine)" } ?? ""
        var lines = ["  row \(Brakes.grouped(row.row))\(key): \(row.verdict)\(reason)"]
        if let rules = row.rules { lines.append(self.rules(rules)) }
        var hooks = TextTable()
        for hook in row.hooks { hooks.add(hook.hook, "\(hook.file):\(hook.line)", hook.returned.isEmpty ? "" : "→ \(hook.returned)") }
        if !row.hooks.isEmpty { lines.append(hooks.text(indent: "    ")) }
        if let address = row.address, address != explanation.address { lines.append("    address after the hooks: \(address.onOneLine)") }
        if !row.labels.isEmpty { lines.append("    labels: \(row.labels.joined(separator: ", ").onOneLine)") }
        lines += row.log.map { "    log: \($0.onOneLine)" }
        return lines
    }

    private func rules(_ trace: RuleTrace) -> String {
        var table = TextTable()
        for line in trace.lines {
            let isTest = !["all", "any", "not"].contains(line.rule)
            let outcome = line.holds.map { $0 ? "holds" : "does not hold" } ?? "unknown"
            table.add(
                String(repeating: "  ", count: line.depth) + (line.depth == 0 ? "rules: " : "") + line.rule, outcome,
                isTest ? line.value.map { "it is \($0)" } ?? "it is NULL" : "")
        }
        return table.text(indent: "    ")
    }

    private var mailchimp: [String] {
        guard let status = explanation.contact else { return ["Mailchimp: not a contact of the audience"] }
        return ["Mailchimp: a contact of the audience, \(status)"]
            + explanation.segments.compactMap { segment in
                segment.atMailchimp.map { "  \($0 ? "in" : "not in") segment \(named(segment))" }
            }
    }

    private var ledger: [String] {
        let lines = explanation.segments.map { segment in
            guard let state = segment.ledger else { return "  segment \(named(segment)): not known" }
            let since = segment.since.map { " since \(Timestamp.text($0))" } ?? ""
            let run = segment.run.map { " (run \($0))" } ?? (segment.since == nil ? ", taken over" : "")
            return "  segment \(named(segment)): \(state)\(segment.words.map { ": \($0.onOneLine)" } ?? "")\(since)\(run)"
        }
        return ["ledger"] + (lines.isEmpty ? ["  no segment yet"] : lines)
    }

    private var next: [String] {
        var lines = ["next run"]
        for segment in explanation.segments {
            let what =
                switch segment.next {
                case "add" where segment.ledger == "not a contact" || segment.ledger == "rejected":
                    "would try again to add it to \(named(segment))"
                case "add": "would add it to \(named(segment))"
                case "remove": "would take it out of \(named(segment))"
                case "keep": "would keep it in \(named(segment))"
                case "wait": "would leave it out of \(named(segment)): not a contact so far"
                default: "would do nothing to it in \(named(segment))"
                }
            lines.append("  \(what)")
        }
        if let stop = explanation.stop { lines.append("  but nothing would be sent: \(stop.message) [\(stop.code)]") }
        if lines.count == 1 { lines.append("  would do nothing to it") }
        return lines
    }

    private var history: [String] {
        var table = TextTable()
        for event in explanation.history {
            table.add(event.run, event.startedAt.map { Timestamp.text($0) } ?? "", event.did, "'\(event.segment)'")
        }
        let none = "  no run of the last \(LedgerChange.daysKept) days changed anything for it"
        return ["history"] + (explanation.history.isEmpty ? [none] : [table.text(indent: "  ")])
    }

    private func named(_ segment: Explanation.Segment) -> String {
        "'\(segment.name.onOneLine)'\(segment.id.map { " (id \($0))" } ?? "")"
    }
}

import HooklineCore
import HooklineEngine
import Text

/// One user's way through an activation, for a terminal.
struct ExplainText {
    let explanation: Explanation

    /// The most characters of a value that are shown.
    private static let valueLimit = 60

    var text: String {
        var parts = [["\(explanation.address.onOneLine) and activation '\(explanation.activation)'"]]
        if let run = explanation.underWay {
            parts[0].append("run \(run) is applying it right now: what is shown here may be half done; ask again when it is over")
        }
        parts += [source, mailchimp, ledger, next, history]
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    // MARK: Source

    private var source: [String] {
        let name = "source '\(explanation.source)'"
        guard explanation.wasRead else { return ["\(name): not read, because the run would stop first"] }
        guard !explanation.rows.isEmpty else {
            let read = NumberText.counted(explanation.rowsRead, "row", "rows")
            let left = explanation.rowsLeftOut
            let unseen = left == 0 ? "" : "; \(NumberText.grouped(left)) of them dropped unseen, because a value did not fit its column"
            return ["\(name): no row has this address (\(read) read\(unseen))"]
        }
        let more = explanation.moreRows
        return [name] + explanation.rows.flatMap(row) + (more == 0 ? [] : ["  and \(NumberText.grouped(more)) more rows with this address"])
    }

    private func row(_ row: Explanation.Row) -> [String] {
        let key = row.key.map { " (key \($0.onOneLine))" } ?? ""
        let reason = row.reason.map { [.duplicate, .superseded].contains(row.verdict) ? " \($0)" : ": \($0.onOneLine)" } ?? ""
        var lines = ["  row \(NumberText.grouped(row.row))\(key): \(row.verdict.rawValue)\(reason)"]
        if let rules = row.rules { lines.append(self.rules(rules, "rules")) }
        if let consent = row.consent { lines.append(rules(consent, "consent")) }
        var hooks = TextTable()
        for hook in row.hooks { hooks.add(hook.hook, "\(hook.file):\(hook.line)", "→ \(hook.returned)") }
        if !row.hooks.isEmpty { lines.append(hooks.text(indent: "    ")) }
        if let failure = row.failure { lines += failure.split(separator: "\n").map { "    script error: \(String($0).onOneLine)" } }
        if let address = row.address, address != explanation.address {
            lines.append("    continues as \(address.onOneLine): explain that address to see how it ends")
        }
        if !row.labels.isEmpty { lines.append("    labels: \(row.labels.joined(separator: ", ").onOneLine)") }
        lines += row.log.map { "    log: \($0.onOneLine)" }
        return lines
    }

    private func rules(_ trace: RuleTrace, _ name: String) -> String {
        var table = TextTable()
        for line in trace.lines {
            let outcome = line.holds.map { $0 ? "holds" : "does not hold" } ?? "unknown"
            table.add(
                String(repeating: "  ", count: line.depth) + (line.depth == 0 ? "\(name): " : "") + line.rule, outcome,
                line.unreadable == true
                    ? "its value could not be read" : line.type.map { "it is \(value(line.value, $0))\(bound(line, $0))" } ?? "")
        }
        return table.text(indent: "    ")
    }

    /// What the other rows say that the value is compared with.
    private func bound(_ line: RuleTrace.Line, _ type: ColumnType) -> String {
        line.bound.map { "; the bound is \(value($0, type))" } ?? ""
    }

    private func value(_ text: String?, _ type: ColumnType) -> String {
        guard let text else { return "NULL" }
        let short = text.count > Self.valueLimit ? text.prefix(Self.valueLimit) + "…" : text
        return type == .text || type == .json ? "'\(short)'" : String(short)
    }

    // MARK: Where the user stands

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
            let run = segment.run.map { " (run \($0))" } ?? ", taken over"
            return "  segment \(named(segment)): \(words(state, segment))\(since)\(run)"
        }
        return ["ledger"] + (lines.isEmpty ? ["  no segment yet"] : lines)
    }

    private func words(_ state: String, _ segment: Explanation.Segment) -> String {
        switch state {
        case "adding": "an addition was sent, and the answer is not known"
        case "removing" where segment.refusal != nil: refused(segment)
        case "removing": "a removal was sent, and the answer is not known"
        case "not a contact" where explanation.contact != nil:
            "not added (not a contact then, or not one that Mailchimp adds)"
        case "rejected": refused(segment)
        default: state
        }
    }

    private func refused(_ segment: Explanation.Segment) -> String {
        guard let refusal = segment.refusal else { return "rejected by Mailchimp: \(segment.words?.onOneLine ?? "without a reason")" }
        let what = refusal.act == .add ? "rejected by Mailchimp" : "Mailchimp refuses to remove it"
        let known = refusal.acknowledgedAt.map { time in
            let note = refusal.note.map { " (\($0.onOneLine))" } ?? ""
            return "; acknowledged \(Timestamp.text(time)) by \(refusal.acknowledgedBy?.onOneLine ?? "somebody")\(note)"
        }
        return "\(what) since \(Timestamp.text(refusal.since)): \(refusal.reason.onOneLine)\(known ?? "; not acknowledged")"
    }

    private var next: [String] {
        var lines = ["next run"]
        if let stop = explanation.stop {
            lines.append("  would send nothing: \(stop.text) [\(stop.code)]")
            if !explanation.segments.isEmpty { lines.append("  otherwise it") }
        }
        for segment in explanation.segments { lines.append("  \(what(segment)) \(named(segment))\(doubt(segment))") }
        if lines.count == 1 { lines.append("  would do nothing to it") }
        return lines
    }

    private func what(_ segment: Explanation.Segment) -> String {
        switch segment.next {
        case "add" where segment.ledger == "not a contact" || segment.ledger == "rejected": "would try again to add it to"
        case "add": "would add it to"
        case "remove": "would remove it from"
        case "keep": "would keep it in"
        case "refused":
            "would not ask for it before \(segment.refusal.map { Timestamp.text($0.next) } ?? "its turn"), because Mailchimp refuses it, for"
        case "wait" where isAddable: "would not ask for it yet, for"
        case "wait": "would leave it out, because it is not a contact so far, of"
        default: "would do nothing to it in"
        }
    }

    /// Whether Mailchimp has a contact that can be added.
    private var isAddable: Bool { explanation.contact.map { ["subscribed", "pending", "transactional"].contains($0) } ?? false }

    private func doubt(_ segment: Explanation.Segment) -> String {
        if segment.next == "add" {
            guard let status = explanation.contact else { return ", and Mailchimp would skip it: it is not a contact" }
            return isAddable ? "" : ", and Mailchimp may skip it: it is \(status)"
        }
        if segment.next == "wait", isAddable {
            return
                ": it was no contact when it was last asked for, and is one now. Later runs ask again; a run with --reconcile asks at once"
        }
        guard segment.next == "keep", segment.ledger == "member", segment.atMailchimp == false else { return "" }
        return ", where it is not: ledger and Mailchimp disagree, and a run with --reconcile repairs that"
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

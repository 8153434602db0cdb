import HooklineCore
import Text

/// A report for a terminal.
struct ReportText {
    let report: RunReport
    var palette = Palette.plain
    /// Whether to say, too, what was not done, and why, and which rows enter the hooks in every run.
    var isVerbose = false

    var text: String {
        var parts = [headline]
        if let probe = report.probe {
            if report.outcome == .unchanged {
                parts.append("  unchanged since \(Timestamp.text(probe.since)): no row was read")
            } else if let reason = probe.reason {
                parts.append("  the source was read: \(reason)")
            }
        }
        if report.rows > 0 || !report.segments.isEmpty {
            // An undo reads no rows, nor does the plan of one.
            if report.kind != .undo, report.undoes == nil, !report.kind.isOfLedger, report.outcome != .unchanged { parts.append(rows) }
            if !report.segments.isEmpty { parts.append(segments) }
            if report.changesNothing { parts.append("  No changes.") }
        }
        if let incremental = report.incremental { parts += IncrementalText(report: incremental, isVerbose: isVerbose).lines }
        parts += (report.hooks ?? []).filter(\.isWorthTelling).map(\.line)
        for override in report.overrides ?? [] {
            parts.append("  let pass by \(override.by): \(override.message) [\(override.code)]")
        }
        for warning in report.warnings {
            parts.append("\(palette.paint("warning:", .yellow)) \(warning.message.onItsLines) [\(warning.code)]")
        }
        if let error = report.error, let text = report.failureText {
            parts.append("\(palette.paint(text.onItsLines, color)) [\(error.code)]")
        }
        if let note = report.note { parts.append("\(report.kind.isOfLedger ? "  " : "report: ")\(note.onOneLine)") }
        return parts.joined(separator: "\n")
    }

    private var headline: String {
        let seconds = (report.seconds * 100).rounded() / 100
        let outcome = palette.paint(report.outcome.rawValue, color)
        return "\(report.activation): \(report.kind.rawValue) \(outcome) in \(seconds) s, \(Self.calls(report.calls)) (\(report.run))"
    }

    /// How many calls, in words.
    static func calls(_ count: Int) -> String { NumberText.counted(count, "call", "calls") }

    private var color: Palette.Color {
        switch report.outcome {
        case .done, .unchanged: .green
        case .stopped, .stale, .empty, .partial: .yellow
        case .failed: .red
        }
    }

    /// Says how many are only asked again.
    static func asked(_ count: Int?) -> String {
        guard let count else { return "" }
        return count == 1 ? ", 1 not a contact, asked again" : ", \(NumberText.grouped(count)) not contacts, asked again"
    }

    private var rows: String {
        var table = TextTable(rightAligned: [1])
        let unread = report.pushDown?.unread ?? 0
        table.add(unread > 0 ? "rows" : "rows read", NumberText.grouped(report.rows))
        for (index, bucket) in report.buckets.inWords.enumerated() where index == 0 || bucket.rows > 0 {
            table.add("  \(bucket.name)", NumberText.grouped(bucket.rows))
        }
        let limit = report.limit.map { ["  \(LimitText.line($0))"] } ?? []
        return ([table.text(indent: "  ")] + limit + pushDown).joined(separator: "\n")
    }

    /// Which rules the source evaluated.
    private var pushDown: [String] {
        guard let pushDown = report.pushDown else { return [] }
        if let reason = pushDown.reason { return isVerbose ? ["  all rows were read: \(reason)"] : [] }
        let rows = NumberText.counted(pushDown.unread, "row was", "rows were")
        return ["  \(rows) not read: the source itself tested \(pushDown.rules.joined(separator: ", and ").onOneLine)"]
    }

    private var segments: String {
        report.segments.map { segment in
            let label = segment.label.map { ", label '\($0.onOneLine)'" } ?? ""
            let name = segment.name.onOneLine
            let id = segment.id.map { "id \($0)\(label)" } ?? "to be created\(label)"
            let plans = report.isOnlyPlanned
            let (entered, left) = plans ? ("would enter", "would leave") : ("entered", "left")
            if segment.deleted == true {
                return
                    "  segment '\(name)' (\(id)): \(plans ? "would be deleted" : "deleted"), -\(NumberText.grouped(segment.removed)) \(left)"
            }
            let renamed = segment.renamedFrom.map { ", \(plans ? "to be renamed" : "renamed") from '\($0.onOneLine)'" } ?? ""
            return
                "  segment '\(name)' (\(id)\(renamed)): \(segment.membersText(isOnlyPlanned: plans, since: report.startedAt)), "
                + palette.paint("+\(NumberText.grouped(segment.added)) \(entered)", segment.added > 0 ? .green : nil) + ", "
                + palette.paint("-\(NumberText.grouped(segment.removed)) \(left)", segment.removed > 0 ? .red : nil)
                + ", \(NumberText.grouped(segment.unchanged)) unchanged\(Self.asked(plans ? segment.askedAgain : nil))"
                + (MembersText.unanswered(segment.unanswered).map { ", \($0)" } ?? "")
                + refresh(segment, plans)
        }.joined(separator: "\n")
    }

    /// What a historical refresh does to the segment as it was.
    private func refresh(_ segment: SegmentReport, _ plans: Bool) -> String {
        let lost =
            segment.notReturning.map {
                $0 > 0 ? "; \(NumberText.grouped($0)) of its members \(plans ? "would not come" : "did not come") back" : ""
            } ?? ""
        if let old = segment.replaces {
            return "\n    refresh: the segment with id \(old) \(plans ? "would be" : "was") deleted and made again with a new id\(lost)"
        }
        return segment.emptied == true ? "\n    refresh: the segment \(plans ? "would be" : "was") emptied and filled again\(lost)" : ""
    }
}

extension HookCost {
    /// Whether the most expensive user took a hundredth of what a call may take, or more.
    fileprivate var isWorthTelling: Bool { instructions * 100 >= limit }

    fileprivate var line: String {
        let location = row.map { " at row \(NumberText.grouped($0))" } ?? ""
        return
            "  most expensive user of \(hook) (\(file)): \(NumberText.grouped(instructions)) of \(NumberText.grouped(limit)) instructions\(location)"
    }
}

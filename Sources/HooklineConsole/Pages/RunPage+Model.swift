import HooklineCore
import Text

/// The page of a run.
package struct RunPage {
    let report: RunReport

    package init(_ report: RunReport) {
        self.report = report
    }

    /// A count with its name.
    struct Line {
        let name: String
        let count: String
    }

    /// The template's values, by name.
    var values: [String: Any] {
        var values: [String: Any] = [
            "run": report.run, "activation": report.activation, "kind": report.kind.rawValue, "outcome": report.outcome.rawValue,
            "started": Timestamp.text(report.startedAt), "seconds": String((report.seconds * 100).rounded() / 100),
            "calls": NumberText.grouped(report.calls), "rows": NumberText.grouped(report.rows), "buckets": buckets, "segments": segments,
            "entered": report.isOnlyPlanned ? "would enter" : "entered", "left": report.isOnlyPlanned ? "would leave" : "left",
            "warnings": report.warnings.map { ["code": $0.code, "message": $0.message] },
        ]
        // The template shows a section for any value, so a value that is missing must not have a key.
        if let error = report.error, let text = report.failureText { values["error"] = ["code": error.code.rawValue, "message": text] }
        if let note = report.note { values["note"] = note }
        return values
    }

    private var buckets: [Line] {
        report.buckets.inWords.map { Line(name: $0.name, count: NumberText.grouped($0.rows)) }
    }

    /// What happened to the segment itself, after a comma; nothing for most.
    private func fate(of segment: SegmentReport) -> String {
        if segment.deleted == true { return report.isOnlyPlanned ? ", would be deleted" : ", deleted" }
        if let old = segment.replaces { return report.isOnlyPlanned ? ", would be made again for \(old)" : ", made again for \(old)" }
        return segment.emptied == true ? report.isOnlyPlanned ? ", would be emptied first" : ", emptied first" : ""
    }

    /// How many members it has, and whether Mailchimp showed as many.
    private func members(of segment: SegmentReport) -> String {
        var text = MembersText.number(segment.members, believed: segment.believed)
        if segment.believed == true, let seen = segment.seen, seen.by != .made {
            text += ", \(NumberText.grouped(seen.members)) at Mailchimp"
        }
        return text + (MembersText.unanswered(segment.unanswered).map { ", \($0)" } ?? "")
    }

    private var segments: [[String: String]] {
        report.segments.map { segment in
            [
                "name": segment.name, "label": segment.label ?? "", "gone": fate(of: segment),
                "id": segment.id.map(String.init) ?? "", "members": members(of: segment),
                "added": NumberText.grouped(segment.added), "removed": NumberText.grouped(segment.removed),
                "unchanged": NumberText.grouped(segment.unchanged),
            ]
        }
    }
}

import HooklineCore
import Text

/// What the hooks were spared, for a terminal.
struct IncrementalText {
    let report: IncrementalReport
    let isVerbose: Bool

    var lines: [String] {
        let entered = NumberText.counted(report.entered, "row", "rows")
        var lines =
            if let full = report.full {
                ["  \(entered) entered the hooks: \(full)"]
            } else {
                ["  \(entered) entered the hooks; \(NumberText.grouped(report.remembered)) kept the verdict of an earlier run"]
            }
        if let reason = report.notKept, reason != report.full {
            lines.append("  the next run will ask the hooks about all rows: \(reason)")
        }
        if isVerbose {
            for (reason, rows) in report.always.sorted(by: { $0.key < $1.key }) {
                lines.append("    \(NumberText.counted(rows, "row", "rows")) will enter in every run: \(Self.words(reason))")
            }
        }
        return lines
    }

    private static func words(_ reason: String) -> String {
        switch reason {
        case "moment": "the hooks read the time, the run's ID, or its kind (ctx.now, ctx.run)"
        case "chance": "the hooks use math.random"
        case "order": "the hooks walk a table with pairs or next, in no certain order"
        case "log": "the hooks log something"
        case "error": "a script error was forgiven"
        case "address": "the hooks compute an address that is in no column"
        case "variety": "there are too many different verdicts to remember"
        default: "the hooks load a module or a lookup"
        }
    }
}

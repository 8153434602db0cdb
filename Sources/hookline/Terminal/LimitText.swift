import HooklineCore
import Text

/// What a limit does, for a terminal.
enum LimitText {
    static func line(_ limit: LimitEffect) -> String {
        let what = "limit \(NumberText.grouped(limit.n)) by \(limit.by.onOneLine) \(limit.order)"
        if limit.dropped == 0 { return "\(what): all \(NumberText.counted(limit.met, "row", "rows")) that the rules pick fit" }
        return "\(what): of \(NumberText.counted(limit.met, "row", "rows")) that the rules pick, \(NumberText.grouped(limit.dropped)) "
            + (limit.dropped == 1 ? "is" : "are") + " dropped"
    }
}

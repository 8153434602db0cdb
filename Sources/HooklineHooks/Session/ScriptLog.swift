import HooklineCore
import Lua

/// What scripts logged in a run, in the order of the source, however many workers they run on.
struct ScriptLog {
    private let limit: Int
    private var kept: [HookLogLine] = []
    private var lost = 0
    /// What the library found wrong with lookups, each once: it is no part of the log.
    private(set) var lookupWarnings: [RunWarning] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ all: [LuaLogLine]) {
        let lines = all.filter { $0.level != .lookup }
        for line in all where line.level == .lookup {
            let warning = RunWarning("hook.lookup_lines", Redaction.redacted(line.text))
            if !lookupWarnings.contains(warning) { lookupWarnings.append(warning) }
        }
        let room = max(0, limit - kept.count)
        kept += lines.prefix(room).map { HookLogLine(level: $0.level.rawValue, message: Redaction.redacted($0.text), row: $0.rowNumber) }
        lost += max(0, lines.count - room)
    }

    /// Puts the log together.
    ///
    /// - Parameter elsewhere: how many lines the workers dropped.
    /// - Returns: the lines, plus a last one that counts those that were not kept.
    func lines(lost elsewhere: Int) -> [HookLogLine] {
        let more = lost + elsewhere
        if more == 0 { return kept }
        return kept + [HookLogLine(level: "warn", message: "\(more) more lines were not kept")]
    }
}

import HooklineCore
import Lua

/// What the scripts of a run said, however many workers they run on: reasons and labels, each once, and log lines.
final class ScriptOutput {
    private var reasons = StringInterner.reasons
    private var labels = StringInterner()
    private var log: ScriptLog

    init(logLines: Int, keepsAllReasons: Bool) {
        log = ScriptLog(limit: logLines)
        if keepsAllReasons { reasons.limit = .max }
    }

    /// Every reason of the run so far, in the order of their numbers.
    var reasonTexts: [String] { reasons.texts }
    /// Every label of the run so far, in the order of their numbers.
    var labelTexts: [String] { labels.texts }

    /// Takes in an update from a worker.
    func hear(_ update: WorkerUpdate, from queue: WorkerQueue) {
        hearWithoutLog(update, from: queue)
        log.add(update.log)
    }

    /// Takes in an update from a worker, apart from its log lines.
    func hearWithoutLog(_ update: WorkerUpdate, from queue: WorkerQueue) { queue.learn(update, &reasons, &labels) }

    /// What the library found wrong with lookups.
    var lookupWarnings: [RunWarning] { log.lookupWarnings }

    /// Puts the log together.
    ///
    /// - Parameter lost: how many lines the workers dropped.
    /// - Returns: the lines, without addresses, plus a last one that counts those that were not kept.
    func logLines(lost: Int) -> [HookLogLine] { log.lines(lost: lost) }
}

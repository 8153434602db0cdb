import HooklineCore
import Lua

/// One machine of a run: the package's scripts, and what its numbers of reasons and labels mean.
final class WorkerQueue {
    /// Batches that are at one machine at once: one that runs, and two that wait, so that it never waits for the host.
    static let depth = 3

    let scripts: LoadedScripts
    private(set) var underWay = 0
    private var free: [LuaSlot]
    /// The run's number of each of the machine's.
    private(set) var reasons: [Int32] = []
    private(set) var labels: [Int32] = []
    private(set) var costs: [LuaCost] = []
    private(set) var logLinesDropped = 0

    init(_ scripts: LoadedScripts) {
        self.scripts = scripts
        free = scripts.machine.slots
    }

    var isFull: Bool { free.isEmpty }

    func takeSlot() -> LuaSlot? {
        guard let slot = free.popLast() else { return nil }
        underWay += 1
        return slot
    }

    func giveBack(_ slot: LuaSlot) {
        free.append(slot)
        underWay -= 1
    }

    /// Takes in what the machine tells of its words and costs; the log is for the caller.
    func learn(_ update: WorkerUpdate, _ reasonTexts: inout StringInterner, _ labelTexts: inout StringInterner) {
        for reason in update.reasons { reasons.append(reasonTexts.number(of: Redaction.redacted(reason))) }
        for label in update.labels { labels.append(labelTexts.number(of: Redaction.composed(label))) }
        costs = update.costs
        logLinesDropped = update.logLinesDropped
    }
}

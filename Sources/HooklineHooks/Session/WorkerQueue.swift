import HooklineCore
import Lua

/// One worker of a run: the package's scripts, the slots for its batches, and what its numbers of reasons and labels mean.
final class WorkerQueue {
    /// Batches that are with one worker at once: one that runs and two that wait, so that it never waits for the host.
    static let depth = 3

    let scripts: LoadedScripts
    private(set) var underWay = 0
    private var free: [LuaSlot]
    /// By the worker's number of a reason: the run's number of it.
    private(set) var reasons: [Int32] = []
    /// By the worker's number of a label: the run's number of it.
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

    /// Takes in the reasons, labels and costs of an update; its log is left to the caller.
    func learn(_ update: WorkerUpdate, _ reasonTexts: inout StringInterner, _ labelTexts: inout StringInterner) {
        for reason in update.reasons { reasons.append(reasonTexts.number(of: Redaction.redacted(reason))) }
        for label in update.labels { labels.append(labelTexts.number(of: Redaction.composed(label))) }
        costs = update.costs
        logLinesDropped = update.logLinesDropped
    }
}

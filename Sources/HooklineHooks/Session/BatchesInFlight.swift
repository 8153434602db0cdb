import HooklineCore
import Lua

/// The batches that are with the workers, in the order of the source.
final class BatchesInFlight {
    private let workers: WorkerPool
    private let failures: ScriptFailures
    private let output: ScriptOutput
    private let outputs: SlotOutputs
    private var inFlight: [InFlightBatch] = []
    private var spare: [UserBatch] = []
    /// The columns that scripts have read so far.
    private var used: [Bool] = []

    init(_ workers: WorkerPool, outputs: SlotOutputs, failures: ScriptFailures, output: ScriptOutput) {
        self.workers = workers
        self.outputs = outputs
        self.failures = failures
        self.output = output
    }

    func start(columnCount: Int) { used = Array(repeating: false, count: columnCount) }

    private var hasSteps: Bool { !workers.first.scripts.userHooks.isEmpty }

    /// Hands a batch to a worker and leaves an empty one in its place.
    ///
    /// - Returns: false when every worker is full, and the batch is untouched.
    /// - Throws: `HookError` when a new worker fails, or the current one cannot be used any more.
    func submit(_ batch: inout UserBatch) throws -> Bool {
        guard let queue = try workers.queueWithRoom(), let slot = queue.takeSlot() else { return false }
        var next = spare.popLast() ?? UserBatch(columns: [])
        swap(&next, &batch)
        next.verdicts.reset(rows: next.records.count)
        let current = InFlightBatch(queue: queue, slot: slot, batch: next, outputs: outputs)
        inFlight.append(current)
        guard hasSteps else { return true }
        try failures.translating(current) {
            try current.fillNext(used: used)
            try queue.scripts.machine.start(slot)
        }
        return true
    }

    /// Waits for the oldest batch and puts it, with its verdicts, in the place of `batch`.
    ///
    /// - Returns: false when no batch is under way.
    /// - Throws: `HookError` for a script error that the policy does not forgive.
    func collect(_ batch: inout UserBatch) throws -> Bool {
        guard let current = inFlight.first else { return false }
        if hasSteps { try run(current) } else { current.keepAll() }
        inFlight.removeFirst()
        current.queue.giveBack(current.slot)
        current.batch.verdicts.reasonTexts = output.reasonTexts
        current.batch.verdicts.labelTexts = output.labelTexts
        swap(&batch, &current.batch)
        spare.append(current.batch)
        return true
    }

    /// Runs a batch to its end, part by part.
    private func run(_ current: InFlightBatch) throws {
        let machine = current.queue.scripts.machine
        while true {
            let (update, failure) = try failures.translating(current) {
                try machine.finish(current.slot) { fetch($0, $1, current.queue) }
            }
            output.hear(update, from: current.queue)
            if let failure {
                try failures.resume(current, after: failure)
            } else {
                try failures.translating(current) { try current.harvest() }
                guard current.hasMore else { return }
                try failures.translating(current) { try current.fillNext(used: used) }
            }
            try failures.translating(current) { try machine.start(current.slot) }
        }
    }

    /// Adds a column that a script reads and its batch lacks; from now on, batches include it.
    private func fetch(_ slot: Int, _ column: Int, _ queue: WorkerQueue) {
        guard let current = inFlight.first(where: { $0.queue === queue && $0.slot.index == slot }) else { return }
        used[column] = true
        current.put(column)
    }
}

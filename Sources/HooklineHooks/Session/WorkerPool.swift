import HooklineCore
import Lua

/// The workers of a run: one from the start, and more when the first cannot keep up with the source.
final class WorkerPool {
    /// What every worker is told before its first batch.
    struct Preparation {
        let columns: [Column]
        let context: LuaValue
        let seed: UInt64
    }

    private let package: ScriptPackage
    private let settings: HookSettings
    private let lookups: LuaLookups
    private let failures: ScriptFailures
    private let output: ScriptOutput
    private(set) var queues: [WorkerQueue]
    private var preparation: Preparation?
    private var isCancelled: (@Sendable () -> Bool)?

    /// Starts the first worker and loads the scripts in it.
    ///
    /// - Throws: `HookError` when a script does not load or a lookup does not fit.
    init(_ package: ScriptPackage, settings: HookSettings, failures: ScriptFailures, output: ScriptOutput) throws(HookError) {
        self.package = package
        self.settings = settings
        self.failures = failures
        self.output = output
        do throws(LuaError) {
            lookups = try LuaLookups(package.lookups.map { ($0.path, $0.text) })
        } catch {
            throw HookMessage(package: package).error(error)
        }
        queues = [WorkerQueue(try LoadedScripts(package, settings: settings, lookups: lookups))]
    }

    /// The worker that also answers calls outside batches.
    var first: WorkerQueue { queues[0] }
    var isStarted: Bool { preparation != nil }

    /// Prepares the first worker, and later ones in the same way.
    ///
    /// - Throws: `HookError` when `setup` fails.
    func start(_ preparation: Preparation) throws {
        self.preparation = preparation
        try prepare(first, preparation)
        try failures.translating(hook: "setup") { output.hear(try first.scripts.machine.update(), from: first) }
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        self.isCancelled = isCancelled
        for queue in queues { queue.scripts.machine.setCancellationCheck(isCancelled) }
    }

    /// The worker with the fewest batches, or a new one when all are full; nil when the run may have no more workers.
    ///
    /// - Throws: `HookError` when a new worker cannot be started or its `setup` fails.
    func queueWithRoom() throws -> WorkerQueue? {
        if let queue = queues.filter({ !$0.isFull }).min(by: { $0.underWay < $1.underWay }) { return queue }
        guard queues.count < settings.workers, let preparation else { return nil }
        let queue = WorkerQueue(try LoadedScripts(package, settings: settings, lookups: lookups))
        if let isCancelled { queue.scripts.machine.setCancellationCheck(isCancelled) }
        try prepare(queue, preparation)
        // The first worker's setup logged the same lines.
        try failures.translating(hook: nil) { output.hearWithoutLog(try queue.scripts.machine.update(), from: queue) }
        queues.append(queue)
        return queue
    }

    private func prepare(_ queue: WorkerQueue, _ preparation: Preparation) throws {
        let machine = queue.scripts.machine
        try failures.translating(hook: nil) {
            try machine.seedRandom(preparation.seed)
            try machine.setContext(preparation.context)
            let steps = queue.scripts.userHooks.map { LuaStep($0.step, $0.function) }
            try machine.prepareBatches(fields: preparation.columns.map(\.name), steps: steps, outputs: settings.outputs)
        }
        for hook in queue.scripts.hooks("setup") {
            try failures.translating(hook: hook.name) { _ = try machine.call(hook.function, [.context], isStart: true) }
        }
    }
}

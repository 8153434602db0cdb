import HooklineCore
import Lua

/// One run's use of a package's scripts: its workers, the batches that are with them, and what the scripts said.
final class HookSession {
    let package: ScriptPackage
    private let settings: HookSettings
    private(set) var activation = ""
    let failures: ScriptFailures
    let output: ScriptOutput
    private let workers: WorkerPool
    private let batches: BatchesInFlight

    /// Starts the first worker and loads the scripts.
    ///
    /// - Throws: `HookError` when a script does not load.
    init(_ package: ScriptPackage, settings: HookSettings) throws(HookError) {
        self.package = package
        self.settings = settings
        failures = ScriptFailures(package, settings: settings)
        output = ScriptOutput(logLines: settings.limits.logLines, keepsAllReasons: settings.keepsAllReasons)
        workers = try WorkerPool(package, settings: settings, failures: failures, output: output)
        batches = BatchesInFlight(workers, outputs: settings.outputs, failures: failures, output: output)
    }

    /// The worker that answers calls outside batches.
    var first: WorkerQueue { workers.first }
    var scripts: LoadedScripts { first.scripts }
    var processIDs: [Int32] { workers.queues.compactMap(\.scripts.machine.processID) }
    /// How many batches may be under way at once.
    var depth: Int { settings.workers * WorkerQueue.depth }
    /// What the scripts logged so far, without addresses.
    var log: [HookLogLine] { output.logLines(lost: workers.queues.reduce(0) { $0 + $1.logLinesDropped }) }

    /// What the scripts need, as far as that is visible.
    ///
    /// - Throws: `HookError` if the machine cannot be used anymore.
    func facts() throws -> ScriptFacts {
        try failures.translating(hook: nil) { try ScriptFacts(package, in: scripts.machine) }
    }

    /// Prepares the first worker and calls `setup` in it.
    ///
    /// - Throws: `HookError` when `setup` fails.
    func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        activation = context.activation
        if let primaryKey, let column = columns.firstIndex(where: { $0.name == primaryKey }) { failures.key = (column, primaryKey) }
        batches.start(columnCount: columns.count)
        try workers.start(WorkerPool.Preparation(columns: columns, context: LuaValue(context), seed: context.seed))
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { workers.setCancellationCheck(isCancelled) }

    func submit(_ batch: inout UserBatch) throws {
        guard workers.isStarted else { throw HookError(.fault, "\(package.name): users arrived before the start") }
        if try !batches.submit(&batch) { throw HookError(.fault, "\(package.name): too many batches at once") }
    }

    func collect(_ batch: inout UserBatch) throws {
        if try !batches.collect(&batch) { throw HookError(.fault, "\(package.name): no batch is under way") }
    }

    /// The most expensive row of each hook that users pass through.
    var costs: [HookCost] {
        scripts.userHooks.indices.compactMap { step in
            let costs = workers.queues.compactMap { $0.costs.indices.contains(step) ? $0.costs[step] : nil }
            guard let most = costs.max(by: { $0.instructions < $1.instructions }) else { return nil }
            let hook = scripts.userHooks[step]
            return HookCost(
                hook: hook.name, file: hook.file, instructions: most.instructions, row: most.instructions > 0 ? most.rowNumber : nil,
                limit: settings.limits.instructionsPerCall)
        }
    }

    /// What a run should report about how the scripts ran.
    var warnings: [RunWarning] {
        guard scripts.machine.isFiltered == false else { return output.lookupWarnings }
        return output.lookupWarnings + [
            RunWarning(
                "hook.unfiltered",
                "the system refuses the system call filter, so the scripts ran in a process of their own with limits only;"
                    + " --require-jail makes that an error")
        ]
    }
}

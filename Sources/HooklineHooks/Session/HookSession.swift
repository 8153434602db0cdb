import HooklineCore
import Lua
import Text

/// One run's use of a package's scripts: the machines, the batches that are at them, and what scripts said.
final class HookSession {
    let package: ScriptPackage
    let settings: HookSettings
    private(set) var activation = ""
    private(set) var forgiven: ForgivenErrors
    private let lookups: LuaLookups
    private var queues: [WorkerQueue]
    private var inFlight: [InFlightBatch] = []
    private var spare: [UserBatch] = []
    private var preparation: Preparation?
    /// The columns that scripts have read.
    private var used: [Bool] = []
    /// The host's own reason first.
    private var reasonTexts = HookSession.reasons()
    private var labelTexts = StringInterner()
    private var scriptLog: ScriptLog
    private var isBroken = false
    private var isCancelled: (@Sendable () -> Bool)?

    /// Over all machines as many reasons as one may give: the same ones whatever the number of machines.
    private static func reasons() -> StringInterner {
        var reasons = StringInterner(["script error"])
        reasons.limit = 1_000
        reasons.overflow = "other reasons"
        return reasons
    }

    /// What every machine is told before its first batch.
    private struct Preparation {
        let columns: [Column]
        let keyColumn: Int?
        let keyName: String
        let context: LuaValue
        let seed: UInt64
    }

    init(_ package: ScriptPackage, settings: HookSettings) throws(HookError) {
        self.package = package
        self.settings = settings
        do throws(LuaError) {
            lookups = try LuaLookups(package.lookups.map { ($0.path, $0.text) })
        } catch {
            throw HookMessage(package: package).error(error)
        }
        queues = [WorkerQueue(try LoadedScripts(package, settings: settings, lookups: lookups))]
        forgiven = ForgivenErrors(allowed: settings.safeguards.maxScriptErrors ?? 100)
        scriptLog = ScriptLog(limit: settings.limits.logLines)
    }

    var scripts: LoadedScripts { queues[0].scripts }
    var processIDs: [Int32] { queues.compactMap(\.scripts.machine.processID) }
    var depth: Int { settings.workers * WorkerQueue.depth }
    /// What the scripts logged so far, addresses left out.
    var log: [HookLogLine] { scriptLog.lines(lost: queues.reduce(0) { $0 + $1.logLinesDropped }) }

    func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        activation = context.activation
        let key = columns.firstIndex { $0.name == primaryKey }
        let preparation = Preparation(
            columns: columns, keyColumn: key, keyName: primaryKey ?? "", context: LuaValue(context), seed: context.seed)
        self.preparation = preparation
        used = Array(repeating: false, count: columns.count)
        try prepare(queues[0], preparation)
        scriptLog.add(try inLua(hook: "setup") { try hear(queues[0]) })
    }

    private func prepare(_ queue: WorkerQueue, _ preparation: Preparation) throws {
        let machine = queue.scripts.machine
        try inLua(hook: nil) {
            try machine.seedRandom(preparation.seed)
            try machine.setContext(preparation.context)
            let steps = queue.scripts.userHooks
            try machine.prepareBatches(
                fields: preparation.columns.map(\.name), steps: steps.map { LuaStep($0.step, $0.function) }, outputs: settings.outputs)
        }
        for hook in queue.scripts.hooks("setup") {
            try inLua(hook: hook.name) { _ = try machine.call(hook.function, [.context]) }
        }
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        self.isCancelled = isCancelled
        for queue in queues { queue.scripts.machine.setCancellationCheck(isCancelled) }
    }

    func submit(_ batch: inout UserBatch) throws {
        guard preparation != nil else { throw HookError(.fault, "\(package.name): users came before start") }
        guard let queue = try queueWithRoom(), let slot = queue.takeSlot() else {
            throw HookError(.fault, "\(package.name): more batches than are taken at once")
        }
        var next = spare.popLast() ?? UserBatch(columns: [])
        swap(&next, &batch)
        next.verdicts.reset(rows: next.records.count)
        let current = InFlightBatch(queue: queue, slot: slot, batch: next, outputs: settings.outputs)
        inFlight.append(current)
        if scripts.userHooks.isEmpty { return }
        try inLua(current) {
            try current.fillNext(used: used)
            try queue.scripts.machine.start(slot)
        }
    }

    /// The machine with the fewest batches; a new one when all have their hands full.
    private func queueWithRoom() throws -> WorkerQueue? {
        if let queue = queues.filter({ !$0.isFull }).min(by: { $0.underWay < $1.underWay }) { return queue }
        guard queues.count < settings.workers, let preparation else { return nil }
        let queue = WorkerQueue(try LoadedScripts(package, settings: settings, lookups: lookups))
        if let isCancelled { queue.scripts.machine.setCancellationCheck(isCancelled) }
        try prepare(queue, preparation)
        // What its setup logged was logged by the first machine's already.
        try inLua(hook: nil) { _ = try hear(queue) }
        queues.append(queue)
        return queue
    }

    func collect(_ batch: inout UserBatch) throws {
        guard let current = inFlight.first else { throw HookError(.fault, "\(package.name): no batch is under way") }
        if scripts.userHooks.isEmpty {
            for row in current.batch.selection.indices where current.batch.selection[row] != 0 {
                current.batch.verdicts.verdicts[row] = .kept
            }
        } else {
            try run(current)
        }
        inFlight.removeFirst()
        current.queue.giveBack(current.slot)
        current.batch.verdicts.reasonTexts = reasonTexts.texts
        current.batch.verdicts.labelTexts = labelTexts.texts
        swap(&batch, &current.batch)
        spare.append(current.batch)
    }

    /// Sees a batch through to the end, part by part; failures by the policy.
    private func run(_ current: InFlightBatch) throws {
        let machine = current.queue.scripts.machine
        while true {
            let (update, failure) = try inLua(current) { try machine.finish(current.slot) { fetch($0, $1, current.queue) } }
            current.queue.learn(update, &reasonTexts, &labelTexts)
            scriptLog.add(update.log)
            if let failure {
                if try goesOnWithout(failure, current) {
                    current.slot.resume(row: failure.row ?? 0, without: failure.step ?? 0)
                } else {
                    current.slot.resume(afterFailureOf: failure.row ?? 0)
                }
            } else {
                current.harvest()
                guard current.hasMore else { return }
                try inLua(current) { try current.fillNext(used: used) }
            }
            try inLua(current) { try machine.start(current.slot) }
        }
    }

    /// A script reads a column that the batch was handed over without: from now on, batches have it.
    private func fetch(_ slot: Int, _ column: Int, _ queue: WorkerQueue) {
        guard let current = inFlight.first(where: { $0.queue === queue && $0.slot.index == slot }) else { return }
        used[column] = true
        current.put(column)
    }

    /// Forgives an error, if the policy, its kind and the count allow it; returns whether the hook counts as absent, or its user as dropped.
    private func goesOnWithout(_ failure: LuaError, _ current: InFlightBatch) throws -> Bool {
        let error = message(current, failure).error(failure)
        let policy = settings.safeguards.onScriptError ?? .fail
        if policy == .fail || failure.isFatal { throw error }
        try forgiven.add(error, package: package.name)
        if settings.wantsLocations, let row = failure.row {
            current.batch.verdicts.failures[current.part.lowerBound + row] = error.message
        }
        return policy == .keep
    }
}

// Calls outside of batches.
extension HookSession {
    func name(segment: String, label: String?) throws -> String {
        guard let hook = scripts.hooks("name").first else { return segment }
        let result = try call(hook, [.segment(name: segment, label: label, activation: activation), .context])
        return try SegmentName(package: package, file: hook.file).checked(result.first)
    }

    func review(_ plan: ReviewedPlan) throws -> ReviewVerdict {
        for hook in scripts.hooks("review") {
            let result = try call(hook, [LuaValue(plan), .context])
            switch (result.first, result.second) {
            case (.boolean(true), _): continue
            case (.boolean(false), .string(let reason)): return .stop(reason: Redaction.redacted(String(reason.prefix(1_000))))
            case (.boolean(false), .none): return .stop(reason: "no reason given")
            case (.boolean(false), let other): throw badReturn(hook, "review's reason must be a string; it is a \(other.typeName)")
            case (let other, _): throw badReturn(hook, "review must return true, or false and a reason; it returned \(phrase(other))")
            }
        }
        return .go
    }

    func report(_ report: RunReport) throws -> String? {
        // Scripts that ended the run by a limit have no last word.
        if isBroken { return nil }
        guard let hook = scripts.hooks("report").first else { return nil }
        switch try call(hook, [LuaValue(report), .context]).first {
        case .none: return nil
        case .string(let text): return Redaction.redacted(String(text.prefix(1_000)))
        case .bytes: throw HookMessage(package: package).error(.badText, "report returns text that is not UTF-8", file: hook.file)
        case let other: throw badReturn(hook, "report must return a string or nil; it returned \(phrase(other))")
        }
    }

    private func call(_ hook: LoadedScripts.Hook, _ arguments: [LuaValue]) throws -> (first: LuaValue, second: LuaValue) {
        try inLua(hook: hook.name) {
            let result = try scripts.machine.call(hook.function, arguments)
            scriptLog.add(try hear(queues[0]))
            return result
        }
    }

    private func badReturn(_ hook: LoadedScripts.Hook, _ text: String) -> HookError {
        HookMessage(package: package).error(.badReturn, text, file: hook.file)
    }

    private func phrase(_ value: LuaValue) -> String { value == .none ? "nil" : "a \(value.typeName)" }
}

// What went wrong, and what was said.
extension HookSession {
    /// The most expensive row of each hook that users pass through.
    var costs: [HookCost] {
        scripts.userHooks.indices.compactMap { step in
            let costliest = queues.compactMap { $0.costs.indices.contains(step) ? $0.costs[step] : nil }.max {
                $0.instructions < $1.instructions
            }
            guard let costliest else { return nil }
            let hook = scripts.userHooks[step]
            return HookCost(
                hook: hook.name, file: hook.file, instructions: costliest.instructions,
                row: costliest.instructions > 0 ? costliest.rowNumber : nil,
                limit: settings.limits.instructionsPerCall)
        }
    }

    /// What a run should tell of the way in which the scripts ran.
    var warnings: [RunWarning] {
        guard scripts.machine.isFiltered == false else { return [] }
        return [
            RunWarning(
                "hook.unfiltered",
                "the system refuses the filter of system calls, so the scripts ran in a process of their own with limits only;"
                    + " --require-jail makes that an error")
        ]
    }

    /// Takes in what a machine has to tell, and returns what its scripts logged.
    private func hear(_ queue: WorkerQueue) throws(LuaError) -> [LuaLogLine] {
        let update = try queue.scripts.machine.update()
        queue.learn(update, &reasonTexts, &labelTexts)
        return update.log
    }

    private func inLua<Result>(hook: String?, _ body: () throws -> Result) throws -> Result {
        try inLua({ _ in HookMessage(package: package, hook: hook) }, body)
    }

    private func inLua<Result>(_ current: InFlightBatch, _ body: () throws -> Result) throws -> Result {
        try inLua({ message(current, $0) }, body)
    }

    private func inLua<Result>(_ message: (LuaError) -> HookMessage, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LuaError {
            if error.isFatal { isBroken = true }
            if error.code == .interrupted { throw CancellationError() }
            throw message(error).error(error)
        }
    }

    private func message(_ current: InFlightBatch, _ error: LuaError) -> HookMessage {
        guard let row = error.row else { return HookMessage(package: package) }
        let hooks = scripts.userHooks
        let hook = error.step.flatMap { hooks.indices.contains($0) ? hooks[$0].name : nil } ?? "a hook"
        return HookMessage(package: package, hook: hook, row: describe(current.part.lowerBound + row, of: current.batch.records))
    }

    /// The row by its number and its primary key; a key that is an address stays out.
    private func describe(_ row: Int, of records: RecordBatch) -> String? {
        guard records.rowNumbers.indices.contains(row) else { return nil }
        let number = "row \(NumberText.grouped(records.rowNumbers[row]))"
        guard let column = preparation?.keyColumn, let key = records.columns[column].described(row), !key.contains("@") else {
            return number
        }
        return "\(number) (\(preparation?.keyName ?? "") \(Redaction.onOneLine(String(key.prefix(64)))))"
    }
}

import CLuaHost

/// A sandboxed Lua machine: its own memory, its own globals, and limits that no script can catch.
///
/// Add the sources, load the scripts, seal the globals, then make calls and run batches. Whatever a script does, every method returns or
/// throws `LuaError`; after one with `isFatal`, the machine is of no further use. One thread at a time.
///
/// It runs in a worker process, which a script may crash without harm, or in this process, for tests and trusted texts.
package final class LuaMachine {
    let port: any LuaPort
    /// Where batches are while they run.
    package let slots: [LuaSlot]
    private let memory: SharedMemory?
    private let lookups: LuaLookups?
    private var sourceBytes = 0
    private var files: [String] = []

    /// Makes a machine in this process.
    ///
    /// - Throws: `LuaError.Code.memory` when the system does not provide the memory.
    package init(limits: LuaLimits = LuaLimits(), slots count: Int = 1, lookups: LuaLookups? = nil) throws(LuaError) {
        let memory = try SharedMemory(byteCount: count * LuaSlot.byteCount)
        port = try LocalMachine(limits: limits, lookups: lookups?.memory)
        self.memory = memory
        self.lookups = lookups
        slots = (0..<count).map { LuaSlot(number: $0, memory: memory) }
        try add(lookups)
    }

    /// Makes a machine in a worker process.
    ///
    /// - Parameters:
    ///   - limits: how much the scripts may use.
    ///   - jail: how the process is started.
    ///   - count: how many batches may be under way at once.
    ///   - lookups: the package's lookup files.
    /// - Throws: `LuaError.Code.noWorker` when the process cannot be started, `LuaError.Code.memory` when there is not enough memory.
    package init(limits: LuaLimits = LuaLimits(), jail: LuaJail, slots count: Int, lookups: LuaLookups? = nil) throws(LuaError) {
        let memory = try SharedMemory(byteCount: max(1, count) * LuaSlot.byteCount)
        port = try Worker(jail, limits: limits, slots: memory, slotCount: count, lookups: lookups?.memory)
        self.memory = memory
        self.lookups = lookups
        slots = (0..<count).map { LuaSlot(number: $0, memory: memory) }
        try add(lookups)
    }

    private func add(_ lookups: LuaLookups?) throws(LuaError) {
        for file in lookups?.files ?? [] {
            var message = Message(Int(HL_ADD_LOOKUP))
            message.append(text: file.name.utf8)
            message.append(UInt64(file.start))
            message.append(UInt64(file.count))
            _ = try port.ask(message)
        }
    }

    /// Whether a system call filter confines the machine's process; nil for a machine in this process.
    package var isFiltered: Bool? { (port as? Worker)?.isFiltered }
    /// The machine's process; nil for a machine in this process.
    package var processID: Int32? { (port as? Worker)?.processID }

    /// Sets a check that waiting calls repeat; once it returns true, a machine in a worker process ends with `LuaError.Code.interrupted`.
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { (port as? Worker)?.isCancelled = isCancelled }

    /// Makes a source known to `loadScript` and `require`.
    ///
    /// - Throws: `LuaError.Code.syntax` for a text that is too large, alone or together with the earlier ones.
    package func add(_ source: LuaSource) throws(LuaError) {
        guard source.text.count <= LuaSource.largestText else {
            throw LuaError(
                .syntax, file: source.file,
                message: "the file has \(source.text.count) bytes; the limit is \(LuaSource.largestText)")
        }
        sourceBytes += source.text.count
        guard sourceBytes <= LuaSource.largestSum else {
            throw LuaError(
                .syntax, file: source.file, message: "with this file, the scripts have more than \(LuaSource.largestSum) bytes in all")
        }
        var message = Message(Int(HL_ADD_SOURCE))
        message.append(text: source.module.utf8)
        message.append(text: source.file.utf8)
        message.append(text: source.text)
        _ = try port.ask(message)
        files.append(source.file)
    }

    /// The file of a source, by its number in `LuaLocation`; nil when there is no such source.
    package func file(ofSource number: Int) -> String? { files.indices.contains(number) ? files[number] : nil }

    /// Compiles and runs a known source, which must return a table.
    ///
    /// - Throws: `LuaError` for a source that does not compile, fails, or returns something else.
    package func loadScript(_ module: String) throws(LuaError) -> LuaScript {
        var message = Message(Int(HL_LOAD))
        message.append(text: module.utf8)
        var answer = try port.ask(message)
        let number = try answer.number(Int32.self)
        guard case .table(let entries) = try answer.value() else { return LuaScript(number: number, entries: [:]) }
        return LuaScript(number: number, entries: entries.compactMapValues { if case .string(let type) = $0 { type } else { nil } })
    }

    /// A script's function of that name; nil when there is none.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func function(_ name: String, of script: LuaScript) throws(LuaError) -> LuaFunction? {
        var message = Message(Int(HL_FUNCTION))
        message.append(script.number)
        message.append(text: name.utf8)
        var answer = try port.ask(message)
        let number = try answer.number(Int32.self)
        return number == 0 ? nil : LuaFunction(number: number)
    }

    /// Makes assigning a global an error from here on.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func sealGlobals() throws(LuaError) { _ = try port.ask(Message(Int(HL_SEAL_GLOBALS))) }

    /// Sets the second argument of every step; in calls, `LuaValue.context` stands for it.
    ///
    /// - Throws: `LuaError.Code.misuse` for a value that is nested too deeply.
    package func setContext(_ value: LuaValue) throws(LuaError) {
        var encoder = ValueEncoder()
        encoder.append(value)
        var message = Message(Int(HL_CONTEXT))
        message.append(encoded: encoder.bytes)
        _ = try port.ask(message)
    }

    /// Calls a function and returns its first two results.
    ///
    /// - Parameters:
    ///   - function: the function.
    ///   - arguments: its arguments.
    ///   - isStart: whether it prepares for rows, so that these rely on what it relied on.
    /// - Returns: the first two results.
    /// - Throws: `LuaError` when the function fails or hits a limit.
    package func call(
        _ function: LuaFunction, _ arguments: [LuaValue], isStart: Bool = false
    ) throws(LuaError) -> (first: LuaValue, second: LuaValue) {
        var message = Message(Int(HL_CALL))
        message.append(function.number)
        message.append(Int32(isStart ? 1 : 0))
        message.append(encoded: ValueEncoder.arguments(arguments))
        guard case .list(let results) = try port.ask(message).value(), results.count == 2 else { throw Answer.malformed }
        return (results[0], results[1])
    }

    /// Sets the seed of `math.random` for every call and batch from now on.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func seedRandom(_ seed: UInt64) throws(LuaError) {
        var message = Message(Int(HL_SEED))
        message.append(seed)
        _ = try port.ask(message)
    }

    /// The peak memory use, in bytes.
    package var peakMemory: Int {
        get throws(LuaError) {
            var answer = try port.ask(Message(Int(HL_MEMORY_USED)))
            return Int(clamping: try answer.number(UInt64.self))
        }
    }

    /// What scripts logged, and what else is new, outside batches.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func update() throws(LuaError) -> WorkerUpdate {
        var answer = try port.ask(Message(Int(HL_UPDATE)))
        return try WorkerUpdate(&answer)
    }
}

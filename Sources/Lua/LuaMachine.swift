import CLuaHost

/// A sandboxed Lua machine: its own memory, its own globals, and limits that no script can catch.
///
/// First the sources, then the scripts, then `sealGlobals`, then calls and batches. Whatever a script does, every method returns or
/// throws `LuaError`; after one with `isFatal` the machine is of no further use. One thread at a time.
package final class LuaMachine {
    let machine: OpaquePointer
    private var sourceBytes = 0

    /// A machine with nothing loaded.
    ///
    /// - Throws: `LuaError.Code.memory` when the system does not give the memory.
    package init(limits: LuaLimits = LuaLimits()) throws(LuaError) {
        var flat = limits.flat
        guard let machine = hl_vm_create(&flat) else { throw LuaError(.memory, message: "there is no memory for a Lua machine") }
        self.machine = machine
    }

    deinit { hl_vm_destroy(machine) }

    /// Makes a text known to `loadScript` and `require`.
    ///
    /// - Throws: `LuaError.Code.syntax` for a text, or a sum of texts, that is too large.
    package func add(_ source: LuaSource) throws(LuaError) {
        guard source.text.count <= LuaSource.largestText else {
            throw LuaError(
                .syntax, file: source.file,
                message: "the file has \(source.text.count) bytes; a script has at most \(LuaSource.largestText)")
        }
        sourceBytes += source.text.count
        guard sourceBytes <= LuaSource.largestSum else {
            throw LuaError(
                .syntax, file: source.file, message: "with this file the scripts have more than \(LuaSource.largestSum) bytes together")
        }
        let status = hl_add_source(machine, source.module, source.file, source.text, source.text.count)
        if status != 0 { throw LuaError(.memory, message: "there is no memory for the scripts") }
    }

    /// Compiles and runs a known text, which must return a table.
    package func loadScript(_ module: String) throws(LuaError) -> LuaScript {
        var number: Int32 = 0
        var error = hl_error()
        try check(hl_load_script(machine, module, &number, &error), error)
        var buffer = hl_buffer()
        defer { hl_buffer_free(&buffer) }
        try check(hl_script_entries(machine, number, &buffer, &error), error)
        guard case .table(let entries) = try decoded(buffer) else { return LuaScript(number: number, entries: [:]) }
        return LuaScript(number: number, entries: entries.compactMapValues { if case .string(let type) = $0 { type } else { nil } })
    }

    /// A script's function of that name; nil when there is none.
    package func function(_ name: String, of script: LuaScript) throws(LuaError) -> LuaFunction? {
        var number: Int32 = 0
        var error = hl_error()
        try check(hl_script_function(machine, script.number, name, &number, &error), error)
        return number == 0 ? nil : LuaFunction(number: number)
    }

    /// From here on, assigning a global is an error.
    package func sealGlobals() { hl_seal_globals(machine) }

    /// Sets the second argument of every step, which `LuaValue.context` stands for in calls.
    package func setContext(_ value: LuaValue) throws(LuaError) {
        var encoder = ValueEncoder()
        encoder.append(value)
        var error = hl_error()
        try check(hl_set_context(machine, encoder.bytes, encoder.bytes.count, &error), error)
    }

    /// Calls a function and returns its first two results.
    package func call(_ function: LuaFunction, _ arguments: [LuaValue]) throws(LuaError) -> (first: LuaValue, second: LuaValue) {
        let encoded = ValueEncoder.arguments(arguments)
        var error = hl_error()
        var buffer = hl_buffer()
        defer { hl_buffer_free(&buffer) }
        try check(hl_call(machine, function.number, encoded, encoded.count, &buffer, &error), error)
        guard case .list(let results) = try decoded(buffer), results.count == 2 else { return (.none, .none) }
        return (results[0], results[1])
    }

    /// Sets what `math.random` starts from, for every call and batch from now on.
    package func seedRandom(_ seed: UInt64) { hl_vm_set_seed(machine, seed) }

    /// The most memory that was in use at once, in bytes.
    package var peakMemory: Int { Int(hl_vm_peak_memory(machine)) }

    func check(_ status: Int32, _ error: hl_error) throws(LuaError) {
        if status != 0 { throw LuaError(error) }
    }

    private func decoded(_ buffer: hl_buffer) throws(LuaError) -> LuaValue {
        var decoder = ValueDecoder(UnsafeRawBufferPointer(start: buffer.bytes, count: buffer.length))
        return try decoder.value()
    }
}

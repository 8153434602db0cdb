import CLuaHost

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The process of a worker: this program started again, or a copy of one that was, which renounces all its rights before it sees a script.
///
/// It ends with this object, and with this process, however that ends.
final class WorkerProcess {
    private var process: hl_worker
    /// Whether a system call filter confines it.
    let isFiltered: Bool
    let id: Int32

    /// Starts the process and waits until its machine is ready for scripts.
    ///
    /// - Throws: `LuaError.Code.noWorker` when it cannot be started, `LuaError.Code.memory` when there is not enough memory for its machine.
    init(_ jail: LuaJail, limits: LuaLimits, slots: SharedMemory, slotCount: Int, lookups: SharedMemory?) throws(LuaError) {
        var process = hl_worker()
        let problem = hl_host_spawn(
            jail.executable, LuaJail.argument, LuaJail.starterArgument, slots.descriptor, lookups?.descriptor ?? -1, &process)
        guard problem == 0 else {
            throw LuaError(.noWorker, message: "the scripts' process cannot be started: \(String(cString: strerror(problem)))")
        }
        var start = hl_worker_start(
            limits: limits.flat, caller: Int64(getpid()), slot_count: UInt64(slotCount), slot_bytes: UInt64(LuaSlot.byteCount),
            lookup_bytes: UInt64(lookups?.count ?? 0), without_filter: jail.wantsFilter ? 0 : 1)
        withUnsafeBytes(of: &start) { _ = hl_host_send(&process, $0.baseAddress, $0.count) }
        let greeting = Self.greeting(of: &process)
        guard let greeting, greeting.status == Int32(HL_OK) else {
            let signal = hl_host_end(&process, 1)
            throw greeting == nil
                ? LuaError(.noWorker, message: "the scripts' process ended at once (signal \(signal))")
                : LuaError(.memory, message: "there is not enough memory for a Lua machine of \(limits.memoryBytes >> 20) MB")
        }
        isFiltered = greeting.is_filtered != 0
        id = process.pid
        self.process = process
    }

    deinit { _ = hl_host_end(&process, 1) }

    private static func greeting(of process: inout hl_worker) -> hl_worker_greeting? {
        var greeting = hl_worker_greeting()
        var filled = 0
        let size = MemoryLayout<hl_worker_greeting>.size
        // Half a minute: starting a process can take long on a busy computer.
        for _ in 0..<300 where filled < size {
            let count = withUnsafeMutableBytes(of: &greeting) {
                hl_host_receive(&process, $0.baseAddress.map { $0 + filled }, size - filled, 100)
            }
            if count == 0 || count == -2 { return nil }
            filled += max(0, Int(count))
        }
        return filled == size ? greeting : nil
    }

    /// Sends all the bytes. Returns false when they cannot be sent.
    func send(_ bytes: [UInt8]) -> Bool { hl_host_send(&process, bytes, bytes.count) == 0 }

    /// The outcome of waiting for bytes.
    enum Reception {
        case bytes(Int)
        /// None came in time.
        case nothing
        /// The process has ended or is out of reach.
        case end
    }

    /// Waits up to a tenth of a second for bytes.
    func receive(into buffer: inout [UInt8]) -> Reception {
        let count = hl_host_receive(&process, &buffer, buffer.count, 100)
        return count > 0 ? .bytes(Int(count)) : count == -1 ? .nothing : .end
    }

    /// The processor time used so far, in nanoseconds; 0 where the system does not tell.
    var processorTime: UInt64 { hl_host_processor_time(&process) }

    /// Ends the process if it is still running.
    ///
    /// - Returns: the signal that ended it; 0 for none.
    func end() -> Int32 { hl_host_end(&process, 1) }
}

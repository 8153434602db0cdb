import CLuaHost

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A machine in a process of its own: the program started again, which gives up all its rights before it sees a script.
///
/// The process ends with this object, and with this process whatever ends it. What it sends is mistrusted.
final class Worker: LuaPort {
    private var process = hl_worker()
    private let jail: LuaJail
    private let limits: LuaLimits
    private var finished: [Int: Answer] = [:]
    /// The slot whose batch the worker runs, or will run next.
    private var underWay: [LuaSlot] = []
    private var received: [UInt8] = []
    private var scratch = [UInt8](repeating: 0, count: 64 << 10)
    private var failure: LuaError?
    /// Whether whoever waits for an answer has no time left.
    var isCancelled: @Sendable () -> Bool = { Task.isCancelled }
    let isFiltered: Bool
    let processID: Int32

    init(_ jail: LuaJail, limits: LuaLimits, slots: SharedMemory, slotCount: Int, lookups: SharedMemory?) throws(LuaError) {
        self.jail = jail
        self.limits = limits
        var process = hl_worker()
        let problem = hl_host_spawn(jail.executable, LuaJail.argument, slots.descriptor, lookups?.descriptor ?? -1, &process)
        guard problem == 0 else {
            throw LuaError(.noWorker, message: "the process for the scripts cannot be started: \(String(cString: strerror(problem)))")
        }
        var start = hl_worker_start(
            limits: limits.flat, caller: Int64(getpid()), slot_count: UInt64(slotCount), slot_bytes: UInt64(LuaSlot.byteCount),
            lookup_bytes: UInt64(lookups?.count ?? 0), without_filter: jail.wantsFilter ? 0 : 1)
        withUnsafeBytes(of: &start) { _ = hl_host_send(&process, $0.baseAddress, $0.count) }
        let greeting = Self.greeting(of: &process)
        guard let greeting, greeting.status == Int32(HL_OK) else {
            let signal = hl_host_end(&process, 1)
            throw greeting == nil
                ? LuaError(.noWorker, message: "the process for the scripts ended at once (signal \(signal))")
                : LuaError(.memory, message: "there is no memory for a Lua machine of \(limits.memoryBytes >> 20) MB")
        }
        isFiltered = greeting.is_filtered != 0
        processID = process.pid
        self.process = process
    }

    deinit { _ = hl_host_end(&process, 1) }

    func ask(_ message: Message) throws(LuaError) -> Answer {
        try send(message.bytes)
        while true {
            let frame = try receive()
            if frame.kind == UInt8(HL_ANSWER) {
                var answer = Answer(frame.body)
                try answer.checkStatus()
                return answer
            }
            // A batch may still have been under way.
            try take(frame) { _, _ in }
        }
    }

    func start(_ slot: LuaSlot) throws(LuaError) {
        var message = Message(Int(HL_RUN))
        message.append(UInt32(slot.number))
        try send(message.bytes)
        underWay.append(slot)
    }

    func finish(_ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) -> Answer {
        while true {
            if let answer = finished.removeValue(forKey: slot.number) { return answer }
            try take(try receive(), fetch)
        }
    }

    private typealias Frame = (kind: UInt8, body: [UInt8])

    /// Notes the end of a batch, or puts a column into one.
    private func take(_ frame: Frame, _ fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) {
        var body = Answer(frame.body)
        let number = Int(try body.number(UInt32.self))
        guard let index = underWay.firstIndex(where: { $0.number == number }) else { throw fail(Answer.malformed) }
        if frame.kind == UInt8(HL_RAN) {
            underWay.remove(at: index)
            finished[number] = Answer(Array(body.rest))
            return
        }
        let column = Int(try body.number(UInt32.self))
        guard frame.kind == UInt8(HL_FETCH), column < underWay[index].columnCount,
            !underWay[index].holds(column)
        else { throw fail(Answer.malformed) }
        fetch(number, column)
        try send(Message(Int(HL_FETCHED)).bytes)
    }

    private func send(_ bytes: [UInt8]) throws(LuaError) {
        if let failure { throw failure }
        var frame: [UInt8] = []
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { frame.append(contentsOf: $0) }
        frame.append(contentsOf: bytes)
        if hl_host_send(&process, frame, frame.count) != 0 { throw ended() }
    }

    /// The next whole frame.
    private func receive() throws(LuaError) -> Frame {
        if let failure { throw failure }
        var silence = Silence(self)
        while true {
            if let frame = try nextFrame() { return frame }
            let count = hl_host_receive(&process, &scratch, scratch.count, 100)
            if count > 0 {
                received.append(contentsOf: scratch[..<Int(count)])
                silence.noteSign()
            } else if count == -1 {
                try silence.check(self)
            } else {
                throw ended()
            }
        }
    }

    private func nextFrame() throws(LuaError) -> Frame? {
        guard received.count >= 4 else { return nil }
        let length = Int(received.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) })
        guard length >= 1, length <= Self.longestFrame else { throw fail(Answer.malformed) }
        guard received.count >= 4 + length else { return nil }
        defer { received.removeFirst(4 + length) }
        return (received[4], Array(received[5..<4 + length]))
    }

    /// Twice what the largest honest answer needs.
    private static let longestFrame = 64 << 20

    private static func greeting(of process: inout hl_worker) -> hl_worker_greeting? {
        var greeting = hl_worker_greeting()
        var filled = 0
        let size = MemoryLayout<hl_worker_greeting>.size
        // Half a minute: a machine under load may take long to start a process.
        for _ in 0..<300 where filled < size {
            let count = withUnsafeMutableBytes(of: &greeting) {
                hl_host_receive(&process, $0.baseAddress.map { $0 + filled }, size - filled, 100)
            }
            if count == 0 || count == -2 { return nil }
            filled += max(0, Int(count))
        }
        return filled == size ? greeting : nil
    }
}

extension Worker {
    /// How long nothing has come, in the worker's processor time and in ours.
    private struct Silence {
        private let processorTime: UInt64
        private var lastSeen: UInt64
        private var lastMove = ContinuousClock.now

        /// Something came: it is alive. Its processor time runs on, or a trickle of bytes would keep it for ever.
        mutating func noteSign() { lastMove = .now }

        init(_ worker: Worker) {
            processorTime = hl_host_processor_time(&worker.process)
            lastSeen = processorTime
        }

        /// Ends a worker that is past its time: one that runs where its own clock does not look, or that does nothing at all.
        mutating func check(_ worker: Worker) throws(LuaError) {
            if worker.isCancelled() { throw worker.kill(.interrupted, "interrupted") }
            let now = hl_host_processor_time(&worker.process)
            if now != lastSeen { (lastSeen, lastMove) = (now, .now) }
            let used = now &- processorTime
            let limit = worker.limits.processorTime + worker.jail.grace
            if Duration.nanoseconds(Int64(clamping: used)) > limit {
                throw worker.kill(
                    .processorTime,
                    "used more than the \(worker.limits.processorTime) of processor time of one batch; its process was ended")
            }
            if ContinuousClock.now - lastMove > worker.jail.longestSilence {
                throw worker.kill(.processorTime, "did not answer for \(worker.jail.longestSilence); its process was ended")
            }
        }
    }

    private func kill(_ code: LuaError.Code, _ message: String) -> LuaError {
        _ = hl_host_end(&process, 1)
        return fail(placed(LuaError(code, message: message)))
    }

    /// The process is gone: says how, and where in the batch it was.
    private func ended() -> LuaError {
        let signal = hl_host_end(&process, 1)
        let how = signal == 0 ? "without a word" : signal == SIGSYS ? "for a system call that no script may make" : "by signal \(signal)"
        return fail(placed(LuaError(.crashed, message: "the scripts' process ended \(how): a script has crashed it")))
    }

    private func placed(_ error: LuaError) -> LuaError {
        guard let slot = underWay.first else { return error }
        var error = error
        (error.row, error.step) = slot.standing
        return error
    }

    private func fail(_ error: LuaError) -> LuaError {
        failure = error
        return error
    }
}

import CLuaHost

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A machine in a process of its own. Whatever the process sends is checked.
final class Worker: LuaPort {
    private let process: WorkerProcess
    var jail: LuaJail
    private let limits: LuaLimits
    private var ran = RanBatches()
    /// The slots whose batches the worker runs, or will run next.
    private var underWay: [LuaSlot] = []
    private var frames = FrameBuffer()
    private var scratch = [UInt8](repeating: 0, count: 64 << 10)
    /// Why the worker is of no further use; every later request fails for the same reason.
    private var failure: LuaError?
    /// Whether to stop waiting for an answer.
    var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

    /// Starts the process.
    ///
    /// - Throws: `LuaError.Code.noWorker` when it cannot be started, `LuaError.Code.memory` when there is not enough memory.
    init(_ jail: LuaJail, limits: LuaLimits, slots: SharedMemory, slotCount: Int, lookups: SharedMemory?) throws(LuaError) {
        self.jail = jail
        self.limits = limits
        process = try WorkerProcess(jail, limits: limits, slots: slots, slotCount: slotCount, lookups: lookups)
    }

    var isFiltered: Bool { process.isFiltered }
    var processID: Int32 { process.id }

    func ask(_ message: Message) throws(LuaError) -> Answer {
        try send(message)
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
        try send(message)
        underWay.append(slot)
    }

    func finish(_ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) -> RanBatches.End {
        while true {
            if let end = ran.take(slot: slot.number) { return end }
            try take(try receive(), fetch)
        }
    }

    /// Handles a frame other than an answer: notes the end of a batch, or adds a column to one.
    private func take(_ frame: FrameBuffer.Frame, _ fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) {
        var body = Answer(frame.body)
        let number = Int(try body.number(UInt32.self))
        guard let index = underWay.firstIndex(where: { $0.number == number }) else { throw fail(Answer.malformed) }
        if frame.kind == UInt8(HL_RAN) {
            underWay.remove(at: index)
            return try ran.note(Answer(Array(body.rest)), slot: number)
        }
        let column = Int(try body.number(UInt32.self))
        guard frame.kind == UInt8(HL_FETCH), column < underWay[index].columnCount, !underWay[index].holds(column) else {
            throw fail(Answer.malformed)
        }
        fetch(number, column)
        try send(Message(Int(HL_FETCHED)))
    }

    private func send(_ message: Message) throws(LuaError) {
        if let failure { throw failure }
        if !process.send(FrameBuffer.frame(message.bytes)) { throw ended() }
    }

    /// The next whole frame.
    private func receive() throws(LuaError) -> FrameBuffer.Frame {
        if let failure { throw failure }
        var watch = WorkerWatch(limits: limits, jail: jail, processorTime: process.processorTime)
        while true {
            do throws(LuaError) {
                if let frame = try frames.next() { return frame }
            } catch {
                throw fail(error)
            }
            switch process.receive(into: &scratch) {
            case .bytes(let count):
                frames.append(scratch[..<count])
                watch.noteSign()
            case .nothing:
                if isCancelled() { throw kill(.interrupted, "interrupted") }
                if let reason = watch.reasonToEnd(processorTime: process.processorTime) { throw kill(.processorTime, reason) }
            case .end: throw ended()
            }
        }
    }
}

// How a worker fails.
extension Worker {
    private func kill(_ code: LuaError.Code, _ message: String) -> LuaError {
        _ = process.end()
        return fail(located(LuaError(code, message: message)))
    }

    /// The error for a process that is gone: how it ended, and at which row of the batch.
    private func ended() -> LuaError {
        let signal = process.end()
        let how = signal == 0 ? "by itself" : signal == SIGSYS ? "because of a forbidden system call" : "by signal \(signal)"
        return fail(located(LuaError(.crashed, message: "the scripts' process ended \(how): a script crashed it")))
    }

    private func located(_ error: LuaError) -> LuaError {
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

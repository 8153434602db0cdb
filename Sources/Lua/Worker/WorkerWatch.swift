/// Watches a worker that owes an answer: how much processor time it uses, and how long it has shown no sign of life.
struct WorkerWatch {
    private let limits: LuaLimits
    private let jail: LuaJail
    private let processorTime: UInt64
    private var lastSeen: UInt64
    private var lastSign: ContinuousClock.Instant

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - limits: with the processor time that the worker may use from now on.
    ///   - jail: with the grace beyond that, and the longest silence.
    ///   - processorTime: what the worker has used so far, in nanoseconds.
    ///   - now: the time.
    init(limits: LuaLimits, jail: LuaJail, processorTime: UInt64, at now: ContinuousClock.Instant = .now) {
        self.limits = limits
        self.jail = jail
        self.processorTime = processorTime
        lastSeen = processorTime
        lastSign = now
    }

    /// Notes that bytes came, so the worker is alive. Its processor time keeps counting: otherwise a trickle of bytes would keep it alive
    /// forever.
    mutating func noteSign(at now: ContinuousClock.Instant = .now) { lastSign = now }

    /// Judges a worker from which nothing came: it may be running where its own clock does not look, or doing nothing at all.
    ///
    /// - Parameters:
    ///   - used: the processor time that it has used so far, in nanoseconds.
    ///   - now: the time.
    /// - Returns: why it must be ended; nil while it may go on.
    mutating func reasonToEnd(processorTime used: UInt64, at now: ContinuousClock.Instant = .now) -> String? {
        if used != lastSeen { (lastSeen, lastSign) = (used, now) }
        if Duration.nanoseconds(Int64(clamping: used &- processorTime)) > limits.processorTime + jail.grace {
            return "used more than the \(limits.processorTime) of processor time of one batch; its process was ended"
        }
        if now - lastSign > jail.longestSilence { return "did not answer for \(jail.longestSilence); its process was ended" }
        return nil
    }
}

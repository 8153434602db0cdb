/// Watches a worker while an answer is awaited: how much processor time it uses, and how long it has shown no sign of life.
struct WorkerWatch {
    private let limits: LuaLimits
    private let jail: LuaJail
    private let processorTime: UInt64
    private var lastSeen: UInt64
    private var lastSign = ContinuousClock.now

    /// - Parameter processorTime: what the worker has used so far, in nanoseconds.
    init(limits: LuaLimits, jail: LuaJail, processorTime: UInt64) {
        self.limits = limits
        self.jail = jail
        self.processorTime = processorTime
        lastSeen = processorTime
    }

    /// Something came, so it is alive. Its processor time keeps counting: otherwise a trickle of bytes would keep it alive for ever.
    mutating func noteSign() { lastSign = .now }

    /// Why a worker from which nothing came must be ended; nil while it may go on. Some run where their own clock does not look, and some
    /// do nothing at all.
    mutating func reasonToEnd(processorTime now: UInt64) -> String? {
        if now != lastSeen { (lastSeen, lastSign) = (now, .now) }
        if Duration.nanoseconds(Int64(clamping: now &- processorTime)) > limits.processorTime + jail.grace {
            return "used more than the \(limits.processorTime) of processor time of one batch; its process was ended"
        }
        if ContinuousClock.now - lastSign > jail.longestSilence {
            return "did not answer for \(jail.longestSilence); its process was ended"
        }
        return nil
    }
}

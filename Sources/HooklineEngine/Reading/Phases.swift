/// How the time of reading was spent, in seconds. What several threads do at the same time is added up, and waiting for them does not count.
package struct Phases: Equatable, Sendable {
    /// Reading the source, and turning its text into columns.
    package var source = 0.0
    package var rules = 0.0
    package var hooks = 0.0
    /// Addresses, hashes, and who enters or stays.
    package var diff = 0.0
    /// Reading the ledger, before the rows and after.
    package var ledger = 0.0

    static func += (left: inout Phases, right: Phases) {
        left.source += right.source
        left.rules += right.rules
        left.hooks += right.hooks
        left.diff += right.diff
        left.ledger += right.ledger
    }
}

/// Divides passing time among the phases.
struct PhaseTimer {
    private(set) var phases = Phases()
    private let stopwatch: @Sendable () -> Double
    private var since: Double

    init(_ stopwatch: @escaping @Sendable () -> Double) {
        self.stopwatch = stopwatch
        since = stopwatch()
    }

    /// Lets the time since the last lap pass for nothing.
    mutating func skip() { since = stopwatch() }

    /// Adds time that others measured.
    mutating func add(_ others: Phases) { phases += others }

    /// Adds the time since the last lap to a phase.
    mutating func lap(_ phase: WritableKeyPath<Phases, Double>) {
        let now = stopwatch()
        phases[keyPath: phase] += now - since
        since = now
    }
}

/// How the time of reading was spent, in seconds.
package struct Phases: Equatable, Sendable {
    /// Reading the source, and turning its text into columns.
    package var source = 0.0
    package var rules = 0.0
    package var hooks = 0.0
    /// Addresses, hashes, and who enters or stays.
    package var diff = 0.0
    /// Reading the ledger, before the rows and after.
    package var ledger = 0.0
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

    /// Adds the time since the last lap to a phase.
    mutating func lap(_ phase: WritableKeyPath<Phases, Double>) {
        let now = stopwatch()
        phases[keyPath: phase] += now - since
        since = now
    }
}

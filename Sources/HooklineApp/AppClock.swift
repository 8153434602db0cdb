import Foundation

/// Where the time comes from.
package struct AppClock: Sendable {
    /// Unix seconds.
    package var now: @Sendable () -> Int64
    /// Seconds since some moment; only moves forward.
    package var stopwatch: @Sendable () -> Double

    package init(now: @escaping @Sendable () -> Int64, stopwatch: @escaping @Sendable () -> Double) {
        self.now = now
        self.stopwatch = stopwatch
    }

    /// The machine's time.
    package static func system() -> AppClock {
        let start = ContinuousClock.now
        return AppClock(now: { Int64(Date().timeIntervalSince1970) }) {
            let parts = (ContinuousClock.now - start).components
            return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        }
    }
}

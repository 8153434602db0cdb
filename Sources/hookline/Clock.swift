import Foundation

/// The machine's time.
enum Clock {
    /// Unix seconds.
    @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }

    private static let start = ContinuousClock.now

    /// Seconds since the process first asked; only moves forward.
    @Sendable static func stopwatch() -> Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}

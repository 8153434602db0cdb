import Foundation

/// Time and chance, which the client takes from outside so that tests can control them.
package struct ClientDependencies: Sendable {
    /// Waits; throws `CancellationError` when the task is cancelled in the meantime.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// A clock that only moves forward; only differences have a meaning.
    package var uptime: @Sendable () -> Duration
    /// The time of day, in Unix seconds.
    package var unixSeconds: @Sendable () -> Int64
    /// A random number of `0..<1`.
    package var fraction: @Sendable () -> Double

    package init(
        sleep: @escaping @Sendable (Duration) async throws -> Void, uptime: @escaping @Sendable () -> Duration,
        unixSeconds: @escaping @Sendable () -> Int64, fraction: @escaping @Sendable () -> Double
    ) {
        self.sleep = sleep
        self.uptime = uptime
        self.unixSeconds = unixSeconds
        self.fraction = fraction
    }

    /// The system's clocks and random numbers.
    package static let real: ClientDependencies = {
        let start = ContinuousClock.now
        return ClientDependencies(
            sleep: { try await Task.sleep(for: $0) }, uptime: { start.duration(to: .now) },
            unixSeconds: { Int64(Date().timeIntervalSince1970) }, fraction: { Double.random(in: 0..<1) })
    }()
}

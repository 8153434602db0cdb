import Foundation

/// What the client takes from the world around it, so that a test can hold it in its hand: time and chance.
package struct ClientDependencies: Sendable {
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// How long something has been running; only differences mean anything.
    package var uptime: @Sendable () -> Duration
    /// The time of day, in Unix seconds.
    package var unixSeconds: @Sendable () -> Int64
    /// A random number of `0..<1`.
    package var fraction: @Sendable () -> Double

    /// ClientDependencies of your own.
    package init(
        sleep: @escaping @Sendable (Duration) async throws -> Void, uptime: @escaping @Sendable () -> Duration,
        unixSeconds: @escaping @Sendable () -> Int64, fraction: @escaping @Sendable () -> Double
    ) {
        self.sleep = sleep
        self.uptime = uptime
        self.unixSeconds = unixSeconds
        self.fraction = fraction
    }

    /// The real clock and real chance.
    package static let real: ClientDependencies = {
        let start = ContinuousClock.now
        return ClientDependencies(
            sleep: { try await Task.sleep(for: $0) }, uptime: { start.duration(to: .now) },
            unixSeconds: { Int64(Date().timeIntervalSince1970) }, fraction: { Double.random(in: 0..<1) })
    }()
}

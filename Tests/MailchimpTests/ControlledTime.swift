import Synchronization

@testable import Mailchimp

/// Time that passes only during sleep, which returns at once, and chance that the test chooses.
final class ControlledTime: Sendable {
    private struct State {
        var now: Duration = .zero
        var pauses: [Duration] = []
    }

    private let state = Mutex(State())
    let startUnixSeconds: Int64 = 1_700_000_000
    let fraction: Double

    init(fraction: Double = 0.5) {
        self.fraction = fraction
    }

    var pauses: [Duration] { state.withLock { $0.pauses } }

    func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

    var dependencies: ClientDependencies {
        ClientDependencies(
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.pauses.append(duration)
                    state.now += duration
                }
            }, uptime: { self.state.withLock { $0.now } },
            unixSeconds: { self.startUnixSeconds + self.state.withLock { $0.now.components.seconds } }, fraction: { self.fraction })
    }
}

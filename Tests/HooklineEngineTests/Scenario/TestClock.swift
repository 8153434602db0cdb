import Synchronization

/// A clock that stands still until it is told.
final class TestClock: Sendable {
    private let seconds = Mutex<Double>(1_772_344_800)

    var now: Int64 { seconds.withLock { Int64($0) } }
    var uptime: Duration { .seconds(seconds.withLock { $0 }) }

    func advance(_ duration: Duration) {
        let parts = duration.components
        seconds.withLock { $0 += Double(parts.seconds) + Double(parts.attoseconds) / 1e18 }
    }
}

import Synchronization

/// A clock that stands still until it is told. The time of day may go back; the uptime never does.
final class TestClock: Sendable {
    private let time = Mutex<(seconds: Double, uptime: Double)>((1_772_344_800, 0))

    var now: Int64 { time.withLock { Int64($0.seconds) } }
    var uptime: Duration { .seconds(time.withLock { $0.uptime }) }

    func advance(_ duration: Duration) {
        let parts = duration.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        time.withLock { $0 = ($0.seconds + seconds, $0.uptime + max(0, seconds)) }
    }
}

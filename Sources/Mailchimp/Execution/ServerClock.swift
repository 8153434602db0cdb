import Synchronization

/// What Mailchimp's clock showed when it last answered, and shows now.
///
/// This machine's clock may be wrong by hours, and only Mailchimp's counts for when a contact changed or a segment was created.
final class ServerClock: Sendable {
    private struct Reading {
        /// Unix seconds.
        let date: Int64
        /// When it arrived, by a clock that only moves forward.
        let uptime: Duration
    }

    private let last = Mutex<Reading?>(nil)

    /// The `Date` of the last answer that had one, in Unix seconds; nil before the first.
    var lastSeen: Int64? { last.withLock { $0?.date } }

    /// What the clock shows, or showed, at an uptime of this process, in Unix seconds; nil before the first answer.
    func time(at uptime: Duration) -> Int64? {
        last.withLock { $0.map { $0.date + (uptime - $0.uptime).components.seconds } }
    }

    /// Takes the time from an answer that has just arrived.
    func note(_ response: HTTPResponse, at uptime: Duration) {
        guard let date = response.date else { return }
        last.withLock { $0 = Reading(date: date, uptime: uptime) }
    }
}

import Synchronization

/// What Mailchimp's clock showed when it last answered.
///
/// This machine's clock may be wrong by hours, and only Mailchimp's counts for when a contact changed.
final class ServerClock: Sendable {
    private let seen = Mutex<Int64?>(nil)

    /// The `Date` of the last answer that had one, in Unix seconds; nil before the first.
    var lastSeen: Int64? { seen.withLock { $0 } }

    /// Takes the time from an answer.
    func note(_ response: HTTPResponse) {
        guard let date = response.date else { return }
        seen.withLock { $0 = date }
    }
}

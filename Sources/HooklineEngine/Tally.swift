import HooklineCore
import Synchronization

/// Counts what the answers said, while several calls are under way.
final class Tally: Sendable {
    /// What became of a segment's changes so far.
    struct Counts: Sendable {
        /// Mailchimp's id, once known.
        var id: Int?
        /// In the segment now: added, or found there.
        var added = 0
        var removed = 0
        var notContacts = 0
        var rejected = 0
        /// Each of Mailchimp's words for a rejection, with how many it met.
        var rejections: [String: Int] = [:]
        /// Calls answered.
        var callsDone = 0
    }

    private let counts = Mutex(Counts())

    /// The counts at this moment.
    var current: Counts { counts.withLock { $0 } }

    func note(id: Int) { counts.withLock { $0.id = id } }

    /// Adds a call's receipt, and says how many calls have been answered.
    func add(_ receipt: Receipt) -> Int {
        counts.withLock { counts in
            counts.added += receipt.members.count
            counts.removed += receipt.gone.count
            counts.notContacts += receipt.notContacts.count
            counts.rejected += receipt.rejected.count
            for rejection in receipt.rejected { counts.rejections[rejection.reason, default: 0] += 1 }
            counts.callsDone += 1
            return counts.callsDone
        }
    }
}

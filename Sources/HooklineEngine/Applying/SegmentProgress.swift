import HooklineCore
import Synchronization

/// Counts what the answers said of one segment, while several calls are under way.
final class SegmentProgress: Sendable {
    /// What became of a segment's changes so far.
    struct Counts: Sendable {
        /// Mailchimp's id, once known.
        var id: Int?
        /// In the segment now: added, or found there.
        var added = 0
        var removed = 0
        var notContacts = 0
    }

    /// What the run's answers said, all segments together.
    let whole: RunProgress
    private let counts = Mutex(Counts())

    init(_ whole: RunProgress) {
        self.whole = whole
    }

    /// The counts at this moment.
    var current: Counts { counts.withLock { $0 } }

    func note(id: Int) { counts.withLock { $0.id = id } }

    /// The segment is gone, and its members with it.
    func noteDeletion(removed: Int) { counts.withLock { $0.removed = removed } }

    /// Adds a call's receipt, and says how many calls of the run have been answered.
    func add(_ receipt: Receipt) -> Int {
        counts.withLock { counts in
            counts.added += receipt.members.count
            counts.removed += receipt.gone.count + receipt.unremovable.count
            counts.notContacts += receipt.notContacts.count
        }
        return whole.add(receipt)
    }
}

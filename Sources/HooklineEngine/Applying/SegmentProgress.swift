import HooklineCore
import Synchronization

/// Counts the answers for one segment while several calls are in flight.
final class SegmentProgress: Sendable {
    /// The counts so far.
    struct Counts: Sendable {
        /// Mailchimp's ID, once known.
        var id: Int?
        /// That the run has made the segment, or emptied it.
        var made: SeenMembers?
        /// Members that were added, or were members already.
        var added = 0
        var removed = 0
        var notContacts = 0
    }

    /// The counts of all segments together.
    let whole: RunProgress
    private let counts = Mutex(Counts())

    init(_ whole: RunProgress) {
        self.whole = whole
    }

    /// The counts at this moment.
    var current: Counts { counts.withLock { $0 } }

    func note(id: Int) { counts.withLock { $0.id = id } }

    /// Notes that the segment was made or emptied at that time.
    func noteMaking(at time: Int64) { counts.withLock { $0.made = SeenMembers(0, at: time, by: .made) } }

    /// Notes that the segment was deleted, with its members.
    func noteDeletion(removed: Int) { counts.withLock { $0.removed = removed } }

    /// Adds a call's receipt, and returns how many calls of the run have been answered.
    func add(_ receipt: Receipt) -> Int {
        counts.withLock { counts in
            counts.added += receipt.members.count
            counts.removed += receipt.gone.count
            counts.notContacts += receipt.notContacts.count
        }
        return whole.add(receipt)
    }
}

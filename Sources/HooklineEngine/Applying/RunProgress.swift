import HooklineCore
import Synchronization

/// Counts whom Mailchimp did not take in a run: each once, however many segments asked for them.
final class RunProgress: Sendable {
    /// What the answers said so far.
    struct Counts: Sendable {
        var notContacts = 0
        var rejected = 0
        /// Each of Mailchimp's words for a rejection, with how many it met.
        var rejections: [String: Int] = [:]
        /// The same of those who were to leave.
        var unremovable: [String: Int] = [:]
        /// Calls answered.
        var callsDone = 0
        fileprivate var refused = HashTable(capacity: 64)
    }

    private static let isNoContact: UInt8 = 1
    private static let isRejected: UInt8 = 2
    private let counts = Mutex(Counts())

    /// The counts at this moment.
    var current: Counts { counts.withLock { $0 } }

    /// Adds a call's receipt, and says how many calls have been answered.
    func add(_ receipt: Receipt) -> Int {
        counts.withLock { counts in
            for hash in receipt.notContacts.hashes where counts.refused.update(hash, { $0 == 0 ? Self.isNoContact : $0 }) == 0 {
                counts.notContacts += 1
            }
            for rejection in receipt.rejected {
                let before = counts.refused.update(rejection.hash) { _ in Self.isRejected }
                if before == Self.isRejected { continue }
                // What Mailchimp has words for counts for more than silence.
                if before == Self.isNoContact { counts.notContacts -= 1 }
                counts.rejected += 1
                counts.rejections[rejection.reason, default: 0] += 1
            }
            for refusal in receipt.unremovable { counts.unremovable[refusal.reason, default: 0] += 1 }
            counts.callsDone += 1
            return counts.callsDone
        }
    }
}

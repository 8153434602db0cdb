import HooklineCore
import Synchronization

/// Counts the addresses that Mailchimp did not accept in a run, each once, however many segments they were for.
final class RunProgress: Sendable {
    /// The counts so far.
    struct Counts: Sendable {
        var notContacts = 0
        var rejected = 0
        /// Calls answered.
        var callsDone = 0
        fileprivate var refused = HashTable(capacity: 64)
        /// Mailchimp's words for each rejected addition.
        fileprivate var words: [SubscriberHash: String] = [:]

        /// Whether there is any address that Mailchimp did not accept.
        var hasRefused: Bool { refused.count > 0 }

        /// The bucket of an address that Mailchimp did not accept; nil for any other.
        func bucket(of hash: SubscriberHash) -> RowBucket? {
            switch refused.mark(of: hash) {
            case 0: nil
            case isRejected: .rejected
            default: .notAContact
            }
        }

        /// Mailchimp's words for a rejected addition.
        func words(of hash: SubscriberHash) -> String? { words[hash] }
    }

    private static let isNoContact: UInt8 = 1
    private static let isRejected: UInt8 = 2
    private let counts = Mutex(Counts())

    /// The counts at this moment.
    var current: Counts { counts.withLock { $0 } }

    /// Adds a call's receipt, and returns how many calls have been answered.
    func add(_ receipt: Receipt) -> Int {
        counts.withLock { counts in
            for hash in receipt.notContacts.hashes where counts.refused.update(hash, { $0 == 0 ? Self.isNoContact : $0 }) == 0 {
                counts.notContacts += 1
            }
            for rejection in receipt.rejected {
                let before = counts.refused.update(rejection.hash) { _ in Self.isRejected }
                if before == Self.isRejected { continue }
                // A rejection says more than silence.
                if before == Self.isNoContact { counts.notContacts -= 1 }
                counts.rejected += 1
                counts.words[rejection.hash] = rejection.reason
            }
            counts.callsDone += 1
            return counts.callsDone
        }
    }
}

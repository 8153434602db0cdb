import HooklineCore
import Mailchimp

/// Decides whether to add those again who were not contacts the last time.
///
/// Room in calls that are made anyway costs nothing. One more call is worth it. Beyond that, one page of the contacts that changed since
/// the last attempt costs less, and says for certain who is new.
struct WaitingContacts {
    let client: MailchimpClient
    let audience: String

    /// How many seconds before the last attempt the page of changed contacts begins: clocks differ, and `since_last_changed` excludes
    /// the moment itself.
    private static let overlap: Int64 = 600

    /// Moves those who are worth adding again to the additions.
    ///
    /// - Returns: how many rows move from the bucket "not a contact" to "in the segment", and how many of them have given no sign of being
    ///   contacts now.
    /// - Throws: Mailchimp's errors.
    func askAgain(_ drafts: inout DraftSet) async throws -> (rows: Int, inVain: Int) {
        var (rows, inVain) = (0, 0)
        var costly: [Int] = []
        var calls = 0
        for index in drafts.drafts.indices where !drafts.drafts[index].waiting.isEmpty {
            let mustAsk = drafts.drafts[index].known == nil || drafts.drafts[index].target?.startsFromScratch == true
            let more = mustAsk ? 0 : drafts.drafts[index].callsToAskAgain
            calls += more
            if more > 0 {
                costly.append(index)
            } else {
                let asked = drafts.ask(again: drafts.drafts[index].waiting, in: index)
                (rows, inVain) = (rows + asked.rows, inVain + asked.inVain)
            }
        }
        let changed = calls > 1 ? try await contactsChanged(since: costly.compactMap { drafts.drafts[$0].known }) : nil
        for index in costly {
            let waiting = drafts.drafts[index].waiting
            let asked = drafts.ask(again: changed.map { waiting.those(in: $0) } ?? waiting, in: index, isProven: changed != nil)
            (rows, inVain) = (rows + asked.rows, inVain + asked.inVain)
        }
        return (rows, inVain)
    }

    /// The contacts that changed since the earliest of the segments' last attempts.
    private func contactsChanged(since segments: [LedgerSegment]) async throws -> HashTable {
        let since = segments.map { $0.probedAt ?? $0.phaseSince }.min() ?? 0
        let changed = try await client.contactsChanged(audience: audience, since: max(0, since - Self.overlap))
        var table = HashTable(capacity: changed.count)
        for contact in changed { table.set(1, for: SubscriberHash(of: contact.address)) }
        return table
    }
}

extension AddressList {
    /// Those in the table.
    fileprivate func those(in table: HashTable) -> AddressList {
        var found = AddressList()
        for index in 0..<count where table.mark(of: hashes[index]) != 0 { found.append(self, at: index) }
        return found
    }
}

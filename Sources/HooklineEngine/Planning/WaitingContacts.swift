import HooklineCore
import Mailchimp

/// Decides whether to add those again who were not contacts the last time.
///
/// Room in calls that are made anyway costs nothing. One more call is worth it. Beyond that, one page of the contacts that changed since
/// the last look costs less, and says for certain who is new. Since lists lag and mistakes happen, everybody gets asked again all the
/// same, in a slow round.
struct WaitingContacts {
    let client: MailchimpClient
    let audience: String
    let policy: AskAgainPolicy
    /// Whether a person wants everybody to be asked.
    let asksEverybody: Bool
    /// When the run began by this machine's clock, in Unix seconds; it counts only if Mailchimp does not tell the time.
    let now: Int64

    /// Moves those who are worth adding again to the additions, and notes until when new contacts have been looked for.
    ///
    /// - Returns: how many rows move from the bucket "not a contact" to "in the segment", how many of them have given no sign of being
    ///   contacts now, and the contacts that changed, if that was looked for.
    /// - Throws: Mailchimp's errors.
    func askAgain(_ drafts: inout DraftSet) async throws -> (rows: Int, inVain: Int, changed: HashTable) {
        // Before the reading: whoever becomes a contact from here on may be missed by it, and belongs to the next run.
        let time = client.serverTime ?? now
        var (rows, inVain) = (0, 0)
        func ask(_ list: AddressList, _ index: Int, isProven: Bool = false) {
            if list.isEmpty { return }
            let asked = drafts.ask(again: list, in: index, isProven: isProven)
            (rows, inVain) = (rows + asked.rows, inVain + asked.inVain)
        }
        var costly: [(index: Int, known: LedgerSegment, round: SlowRound)] = []
        var calls = 0
        for index in drafts.drafts.indices {
            let draft = drafts.drafts[index]
            let more = draft.waiting.isEmpty || draft.target?.startsFromScratch == true ? 0 : draft.callsToAskAgain
            if more > 0, !asksEverybody, let known = draft.known, let round = SlowRound(known, until: time, policy) {
                calls += more
                costly.append((index, known, round))
            } else {
                ask(draft.waiting, index)
                drafts.looked(until: time, askedUntil: time, in: index)
            }
        }
        if calls == 0 { return (rows, inVain, HashTable(capacity: 1)) }
        if calls == 1 {
            for (index, _, _) in costly {
                ask(drafts.drafts[index].waiting, index)
                drafts.looked(until: time, askedUntil: time, in: index)
            }
            return (rows, inVain, HashTable(capacity: 1))
        }
        let changed = try await contactsChanged(since: costly.compactMap(\.known.lookedUntil).min() ?? 0)
        // The unproven ones of all drafts come first.
        var proven: [(list: AddressList, index: Int)] = []
        for (index, _, round) in costly {
            let waiting = drafts.drafts[index].waiting
            proven.append((waiting.filtered { changed.mark(of: $0) != 0 }, index))
            let turn = waiting.filtered { changed.mark(of: $0) == 0 && round.isTurn(of: $0) }
            // A call that is not full would come again and again.
            let isWorthIt = turn.count >= MemberBatch.limit
            if isWorthIt { ask(turn, index) }
            drafts.looked(until: time, askedUntil: isWorthIt ? time : nil, in: index)
        }
        for (list, index) in proven { ask(list, index, isProven: true) }
        return (rows, inVain, changed)
    }

    /// The contacts that changed since that moment, and a while before.
    private func contactsChanged(since time: Int64) async throws -> HashTable {
        let changed = try await client.contactsChanged(audience: audience, since: max(0, time - Int64(policy.lookBack)))
        return HashTable(of: changed.lazy.map { SubscriberHash(of: $0.address) })
    }
}

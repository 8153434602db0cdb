import HooklineCore
import Mailchimp

/// Decides which of the addresses that Mailchimp has refused are asked for again.
///
/// One that makes a whole call fail would do so to everybody in it: it gets a call of its own, at its turn, and few do in one run. One that
/// was refused within an answer costs nothing in a call that is made anyway; at the turn of one of them, one more call is made for all.
struct RefusedTurns {
    /// The most addresses of one run that get a call of their own; the longest not asked for come first.
    static let limit = 3
    /// That limit when a person wants everybody to be asked.
    static let limitIfAsked = 20

    /// In Unix seconds.
    let now: Int64
    /// Whether a person wants everybody to be asked.
    let asksEverybody: Bool
    /// Contacts that are known to have changed. The list of them reaches so many seconds back: who was asked since is on it again.
    let changed: HashTable
    let lookBack: Int64

    /// An address that wants a call of its own.
    private struct Single {
        let index: Int
        let refusal: Refusal
        let list: AddressList
        let act: Refusal.Act

        var order: (Int64, SubscriberHash) { (refusal.askedAt, refusal.hash) }
    }

    /// Moves those whose turn it is to the additions and removals.
    ///
    /// - Returns: how many rows are added again.
    func ask(_ drafts: inout DraftSet) -> Int {
        let known = drafts.refusals
        if known.isEmpty { return 0 }
        var rows = 0
        var singles: [Single] = []
        var seen: [Refusal.Act: Set<SubscriberHash>] = [:]
        for index in drafts.drafts.indices {
            let draft = drafts.drafts[index]
            guard let target = draft.target, !target.action.isDeletion else { continue }
            let leavers = target.startsFromScratch ? AddressList() : draft.held
            for (act, list) in [(Refusal.Act.add, draft.refused), (.remove, leavers)] {
                var shared = AddressList()
                var isDue = false
                for position in 0..<list.count {
                    guard let refusal = known[list.hashes[position], act] else { continue }
                    let hasChanged = changed.mark(of: refusal.hash) != 0 && now - refusal.askedAt >= lookBack
                    let isTurn = asksEverybody || refusal.isDue(at: now) || hasChanged
                    if !refusal.failsCalls {
                        shared.append(list, at: position)
                        isDue = isDue || isTurn
                    } else if isTurn, seen[act, default: []].insert(refusal.hash).inserted {
                        singles.append(Single(index: index, refusal: refusal, list: list.part(position..<position + 1), act: act))
                    }
                }
                // As many as fit in one call more, if it is the turn of any; or in the calls that are made anyway.
                let batch = shared.part(0..<min(shared.count, MemberBatch.limit))
                if !batch.isEmpty, isDue || draft.callsToAsk(batch.count, act) == 0 {
                    rows += drafts.ask(refused: batch, act, in: index)
                }
            }
        }
        let limit = asksEverybody ? Self.limitIfAsked : Self.limit
        for single in singles.sorted(by: { $0.order < $1.order }).prefix(limit) {
            rows += drafts.ask(refused: single.list, single.act, in: single.index)
        }
        return rows
    }
}

import Text

/// Numbers of members in words that say which of them Mailchimp showed.
package enum MembersText {
    /// A number for a table; `146 by the ledger` for one that Mailchimp did not show.
    package static func number(_ members: Int, believed: Bool?) -> String {
        NumberText.grouped(members) + (believed == true ? " by the ledger" : "")
    }

    /// `3 additions without an answer so far`; nil for none.
    package static func unanswered(_ count: Int?) -> String? {
        guard let count, count > 0 else { return nil }
        return "\(NumberText.counted(count, "addition", "additions")) without an answer so far"
    }
}

extension SegmentReport {
    /// How many members it has, for a sentence about a run that began at `start`: `146 members`, or where Mailchimp showed another number
    /// `146 members by the ledger (Mailchimp counted 144 before the run)`.
    package func membersText(isOnlyPlanned: Bool, since start: Int64) -> String {
        let text = NumberText.counted(members, "member", "members") + (isOnlyPlanned ? " then" : "")
        guard believed == true else { return text }
        let ledger = text + (isOnlyPlanned ? ", by the ledger" : " by the ledger")
        guard let seen else { return "\(ledger) (not compared with Mailchimp)" }
        let count = NumberText.grouped(seen.members)
        let moment = seen.at < start ? "for the plan" : "before the run"
        switch seen.by {
        case .count: return "\(ledger) (Mailchimp counted \(count) \(moment))"
        case .read: return "\(ledger) (\(count) read at Mailchimp \(moment))"
        case .made: return ledger
        }
    }
}

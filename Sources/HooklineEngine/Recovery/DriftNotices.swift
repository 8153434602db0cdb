import HooklineCore
import Text

/// What a report says about segments that others changed.
extension RunWarning {
    /// Whether it is about what others did.
    var isAboutDrift: Bool { code.hasPrefix("drift.") }

    static func deleted(_ segment: LedgerSegment) -> RunWarning {
        RunWarning(
            "drift.deleted",
            "the segment '\(segment.name)' (id \(segment.mailchimpID ?? 0)) has been deleted in Mailchimp; the run creates it again under another id, or forgets it if no row wants it"
        )
    }

    static func renamed(_ segment: LedgerSegment, _ remote: RemoteSegment, keepsName: Bool) -> RunWarning {
        RunWarning(
            "drift.renamed",
            "the segment '\(segment.name)' (id \(remote.id)) was renamed to '\(remote.name)' in Mailchimp; it \(keepsName ? "keeps that name" : "gets its name back")"
        )
    }

    /// The warning about changed members; nil if ledger and Mailchimp agree.
    static func changedMembers(of segment: LedgerSegment, _ found: Reconciliation) -> RunWarning? {
        let (lost, added) = (found.lost.count, found.strangers.count)
        if lost == 0, added == 0 { return nil }
        let action =
            found.mends
            ? "those who are wanted are added, those who are not leave" : "nothing is done about it (on_drift: report)"
        return RunWarning(
            "drift.members",
            "members of '\(segment.name)' were changed in Mailchimp: \(lost == 1 ? "1 is" : "\(NumberText.grouped(lost)) are") missing,"
                + " \(added == 1 ? "1 was" : "\(NumberText.grouped(added)) were") put in by others; \(action)")
    }
}

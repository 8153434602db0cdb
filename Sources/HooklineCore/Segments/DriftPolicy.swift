/// What a run does about changes that others made to its segments at Mailchimp.
package struct DriftPolicy: Equatable, Sendable {
    /// What a run does if members differ between ledger and Mailchimp.
    package enum MemberAction: String, CaseIterable, Sendable {
        /// Adds missing members again, and takes additional ones over, which removes those that no row wants; the default.
        case mend
        /// Only warns.
        case report
    }

    /// What a run does about a segment that somebody renamed.
    package enum RenameAction: String, CaseIterable, Sendable {
        /// Gives it the name of the activation back; the default.
        case restore
        /// Leaves it its name at Mailchimp: the activation only names the segment when it creates it.
        case follow
    }

    package var onDrift = MemberAction.mend
    package var onRename = RenameAction.restore
    /// How many seconds after the last comparison members are compared again, even if counts agree: who edits by hand may take one out and put another one in.
    package var reconcileEvery = 86_400

    package init() {}
}

/// What a run does about what others did to its segments at Mailchimp.
package struct DriftPolicy: Equatable, Sendable {
    /// What happens to members that the ledger and Mailchimp do not agree on.
    package enum MemberAction: String, CaseIterable, Sendable {
        /// Who is missing is added again; who was put in by others becomes the ledger's, and leaves if no row wants them: the default.
        case mend
        /// Nothing but a warning.
        case report
    }

    /// What happens to a segment that somebody gave another name.
    package enum RenameAction: String, CaseIterable, Sendable {
        /// It gets the name back that the activation gives it: the default.
        case restore
        /// It keeps the name that it has in Mailchimp, whatever that is; the activation names it only when it is made.
        case follow
    }

    package var onDrift = MemberAction.mend
    package var onRename = RenameAction.restore
    /// Members are read at Mailchimp when the last time is so many seconds ago; nil reads them on suspicion only.
    package var reconcileEvery: Int?

    package init() {}
}

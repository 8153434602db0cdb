/// What a run does about what others did to its segments at Mailchimp, and how long it may take.
package struct Upkeep: Equatable, Sendable {
    /// What happens to members that the ledger and Mailchimp do not agree on.
    package enum DriftPolicy: String, CaseIterable, Sendable {
        /// Who is missing is added again; who was put in by others becomes the ledger's, and leaves if no row wants them: the default.
        case mend
        /// Nothing but a warning.
        case report
    }

    /// What happens to a segment that somebody gave another name.
    package enum RenamePolicy: String, CaseIterable, Sendable {
        /// It gets the name back that the activation gives it: the default.
        case restore
        /// It keeps the name that it has in Mailchimp, whatever that is; the activation names it only when it is made.
        case follow
    }

    package var onDrift = DriftPolicy.mend
    package var onRename = RenamePolicy.restore
    /// Members are read at Mailchimp when the last time is so many seconds ago; nil reads them on suspicion only.
    package var reconcileEvery: Int?
    /// A run that takes longer than so many seconds stops, and the next one goes on; nil sets no limit.
    package var longestRun: Int?

    package init() {}
}
